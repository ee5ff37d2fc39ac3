# SPDX-License-Identifier: Apache-2.0
# Completion of stitch for bash and zsh, as 'stitch completion' prints it.
# No variable is called path, words, options or commands: zsh has a use for these names.
if [ -n "${ZSH_VERSION-}" ]; then
  whence -w compdef >/dev/null 2>&1 || { autoload -Uz compinit && compinit; }
  autoload -Uz bashcompinit && bashcompinit
fi

# What may follow an option of a verb, or with no option be its parameter.
# kind: f is a flag, l a list with commas, p a path.
_stitch_values() {
  kind=f values=''
  case "$1|$2" in
@VALUES@
  esac
}

# The options and verbs of a verb.
_stitch_verb() {
  opts='' verbs=''
  case "$1" in
@VERBS@
  esac
}

_stitch() {
  [ -z "${ZSH_VERSION-}" ] || emulate -L sh
  local line="${COMP_LINE:0:$COMP_POINT}"
  local typed="${line##*[[:space:]]}"
  local verb='' option='' kind='' values='' opts='' verbs='' head='' end=' ' item='' real='' marks='' cut=''
  local cur="$typed" before="${line%"$typed"}"
  COMPREPLY=()
  set -f
  for item in ${before#*[[:space:]]}; do
    if [ -n "$option" ]; then
      option=''
      continue
    fi
    case "$item" in
      -*=*) ;;
      -*)
        _stitch_values "$verb" "$item"
        case "$kind" in *f*) ;; *) option="$item" ;; esac
        ;;
      *)
        _stitch_verb "$verb"
        case " $verbs " in *" $item "*) verb="${verb:+$verb }$item" ;; esac
        ;;
    esac
  done
  _stitch_verb "$verb"
  case "$option|$cur" in
    ?*'|'*) _stitch_values "$verb" "$option" ;;
    '|'-*=*)
      head="${cur%%=*}="
      _stitch_values "$verb" "${cur%%=*}"
      cur="${cur#*=}"
      ;;
    '|'-*) kind='' values="$opts" ;;
    *)
      _stitch_values "$verb" ''
      values="$verbs $values"
      ;;
  esac
  case "$kind" in
    *l*)
      end=''
      case "$cur" in
        *,*)
          head="$head${cur%,*},"
          cur="${cur##*,}"
          ;;
      esac
      ;;
  esac
  for item in $values; do
    case "$item" in
      "$cur"*) case "$item" in *:) COMPREPLY+=("$head$item") ;; *) COMPREPLY+=("$head$item$end") ;; esac ;;
    esac
  done
  set +f
  case "$kind" in
    *p*)
      case "$cur" in
        *:*)
          head="$head${cur%:*}:"
          cur="${cur##*:}"
          ;;
      esac
      real="$cur"
      case "$cur" in '~/'*) real="$HOME/${cur#??}" ;; esac
      for item in "$real"*; do
        [ -e "$item" ] || continue
        option="${item#"$real"}"
        [ -z "$option" ] || option="$(printf %q "$option")"
        if [ -d "$item" ]; then COMPREPLY+=("$head$cur${option%/}/"); else COMPREPLY+=("$head$cur$option$end"); fi
      done
      ;;
  esac
  # bash replaces what stands behind the last of these marks only.
  if [ -z "${ZSH_VERSION-}" ]; then
    case "$COMP_WORDBREAKS" in *=*) marks="=" ;; esac
    case "$COMP_WORDBREAKS" in *:*) marks="$marks:" ;; esac
    if [ -n "$marks" ]; then
      cut="${typed%"${typed##*[$marks]}"}"
      COMPREPLY=("${COMPREPLY[@]#"$cut"}")
    fi
  fi
}

complete -o nospace -F _stitch stitch
