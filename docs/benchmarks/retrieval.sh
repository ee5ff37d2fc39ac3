#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What Retrieval.java reads: documents, queries and short spans of judged collections by three encoders in both roles.
#   docs/benchmarks/retrieval.sh DATA OUT      DATA/COLLECTION/{docs,queries}.tsv: id, tab, text; qrels.tsv
set -euo pipefail
data=$1 out=$2
stitch=${STITCH:-./stitch}
mkdir -p "$out"
for folder in "$data"/*/; do
  c=$(basename "$folder")
  for part in docs queries; do
    cut -f1 "$folder/$part.tsv" >"$out/$c-$part.ids"
    cut -f2- "$folder/$part.tsv" >"$out/$c-$part.txt"
  done
  # Twelve words of each document, from a place that changes from line to line.
  awk '{ n = NF - 11; from = n > 1 ? 1 + (NR * 7919) % n : 1; s = ""
         for (i = from; i < from + 12 && i <= NF; i++) s = s (s == "" ? "" : " ") $i; print s }' \
    "$out/$c-docs.txt" >"$out/$c-spans.txt"
  for e in minilm bge-small e5-small; do
    "$stitch" encode --encoder $e --role document "$out/$c-docs.txt" --out "$out/$c-$e-docs.safetensors"
    "$stitch" encode --encoder $e --role query "$out/$c-queries.txt" --out "$out/$c-$e-queries.safetensors"
    "$stitch" encode --encoder $e --role query "$out/$c-spans.txt" --out "$out/$c-$e-spans-query.safetensors"
  done
done
