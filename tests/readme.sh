# Sourced by scripts: readme_block TEXT prints the block of README.md that has TEXT, as it is written there.
readme_block() {
  awk -v text="$1" '
    /^```/ { if (inside && index(block, text)) { printf "%s", block; found = 1; exit }
             inside = !inside; block = ""; next }
    inside { block = block $0 "\n" }
    END { exit !found }' "$readme"
}
