// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Columns of a table by their names, which may have dots in them. */
final class Columns {
  private Columns() {}

  /** The name of the column in which a row says why it has no result. */
  static String error(String result) {
    return result + "_error";
  }

  /** A column of that very name. */
  static Column named(Dataset<Row> rows, String name) {
    return rows.col('`' + name.replace("`", "``") + '`');
  }

  /** The place of a column of texts; (bad input) if there is none of that name. */
  static int text(Dataset<Row> rows, String name) {
    DataType type = type(rows, name);
    if (!type.equals(DataTypes.StringType)) {
      throw StitchException.badInput(
          "column '%s' is of type %s; expected string", name, type.simpleString());
    }
    return rows.schema().fieldIndex(name);
  }

  /** Tells if the arrays of a column may have nulls in them; (bad input) if it has no vectors. */
  static boolean mayHaveNulls(Dataset<Row> rows, String name) {
    DataType type = type(rows, name);
    if (type instanceof ArrayType array
        && (array.elementType().equals(DataTypes.FloatType)
            || array.elementType().equals(DataTypes.DoubleType))) {
      return array.containsNull();
    }
    throw StitchException.badInput(
        "column '%s' is of type %s; expected array<float> or array<double> (vectors of Spark ML:"
            + " vector_to_array)",
        name, type.simpleString());
  }

  private static DataType type(Dataset<Row> rows, String name) {
    List<String> known = Arrays.asList(rows.columns());
    if (!known.contains(name)) {
      throw StitchException.badInput(
          "there is no column '%s'%s; the table has %s",
          name, NearestName.hint(name, known), String.join(", ", known));
    }
    return rows.schema().apply(name).dataType();
  }

  /** Checks that results do not overwrite a column. */
  static void requireNew(StructType schema, String... names) {
    for (String name : names) {
      for (String known : schema.fieldNames()) {
        if (known.equalsIgnoreCase(name)) {
          throw StitchException.usage(
              "the table has a column '%s' already; give the result another name", known);
        }
      }
    }
  }
}
