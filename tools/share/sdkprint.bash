# bash completion for sdkprint
_sdkprint() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} words=
  case $previous in
    --format)
      words="text ndjson exodus"
      [[ ${COMP_WORDS[1]} =~ ^(signature|corpus)$ ]] && words="text ndjson csv"
      [ "${COMP_WORDS[2]}" = lint ] && words="text json sarif"
      [ "${COMP_WORDS[1]}" = corpus ] && words="text ndjson csv" ;;
    --severity)
      words="note warning error"
      [ "${COMP_WORDS[3]}" = problems ] && words="low medium high" ;;
    --grade) words="trace referenced stub structural defined" ;;
    --strength) words="lead confirmed" ;;
    --reach) words="not-established host-call screen background application-start provider-start" ;;
    --by) words="sdk vendor category behaviour certificate package coverage problem" ;;
    --kind) words="sdk library packer app package all" ;;
    --sort) words="apps lift" ;;
    --coverage) words="none partial full" ;;
    --from) words="exodus libchecker" ;;
    --to) words="exodus" ;;
    --lang) words="en zh" ;;
    --show) words="behaviours permissions hosts all" ;;
    --color) words="auto always never" ;;
    --surface) words="class reference string library symbol native-string entry manifest host" ;;
    --db | --list | --store | --metrics | --against | --sqlite | --draft | --samples | --signatures | --apps | -o | --output)
      COMPREPLY=($(compgen -f -- "$current")); return ;;
    *)
      local limits="--max-app-size --max-entry-size --max-depth --timeout"
      case ${COMP_WORDS[1]} in
        scan) words="--db --format --list --evidence --show --threads --lang --color $limits --help" ;;
        explain) words="--db --format --parts --lang $limits --help" ;;
        inspect) words="--db --surface --contains --depth --format $limits --help" ;;
        compile) words="-o --output --full --help" ;;
        corpus)
          local answer="--store --format --lang --limit --help"
          case ${COMP_WORDS[2]} in
            discover) words="--store --least --limit --draft --signatures --format --lang --help" ;;
            export) words="--store --sqlite --no-evidence --help" ;;
            query)
              case ${COMP_WORDS[3]} in
                apps) words="--sdk --version --vendor --category --behaviour --owner --certificate --package --permission
                  --coverage --grade --strength --reach $answer" ;;
                sdks) words="--behaviour --kind --strength --reach $answer" ;;
                prevalence) words="--by --grade $answer" ;;
                problems) words="--severity --reach --data $answer" ;;
                together) words="--sdk --least --sort --grade $answer" ;;
                changes) words="--package --from --to --grade $answer" ;;
              esac
              [ "$COMP_CWORD" -eq 3 ] && words="apps sdks prevalence problems together changes --help" ;;
            scan) words="--store --db --list --threads --shard --metrics --cache-size --rehash --retry --no-archive $limits --help" ;;
            rematch) words="--store --db --threads --cache-size $limits --help" ;;
            merge) words="--help" ;;
            reports) words="--store --format --lang --color --help" ;;
            check) words="--store --digest --help" ;;
          esac
          [ "$COMP_CWORD" -eq 2 ] && words="scan rematch merge query discover reports export check --help" ;;
        version) words="--db --help" ;;
        signature)
          case ${COMP_WORDS[2]} in
            learn) words="-o --output --force --id --name --name-zh --vendor --category --package --db $limits --help" ;;
            lint) words="--format --severity --werror --explain --lang --color --help" ;;
            import) words="--from --against -o --output --help" ;;
            export) words="--to --help" ;;
            test) words="--id --samples --allow-missing --failures --threads --format --lang $limits --help" ;;
            diff) words="--store --apps --examples --threads --format --lang $limits --help" ;;
            show) words="--signatures --format --lang --help" ;;
            search) words="--package --class --reference --library --symbol --string --native-string --entry --manifest --host --signatures --format --lang --help" ;;
            stats) words="--format --lang --help" ;;
            coverage) words="--db --top --threads --format --lang $limits --help" ;;
          esac
          [ "$COMP_CWORD" -eq 2 ] && words="learn lint import export test diff show search stats coverage --help" ;;
      esac
      [ "$COMP_CWORD" -eq 1 ] && words="scan explain inspect compile corpus signature version --help --version"
      if [[ $current != -* && $COMP_CWORD -gt 1 && ! (${COMP_WORDS[1]} =~ ^(signature|corpus)$ && $COMP_CWORD -eq 2) ]]; then
        COMPREPLY=($(compgen -f -- "$current"))
        return
      fi ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o filenames -F _sdkprint sdkprint
