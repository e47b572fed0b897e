// test/Tools/srt-algebra-check/main.cpp: the algebra held against lib/Sim.
// SPDX-License-Identifier: Apache-2.0
//
// Exit status: 0 all agree, 1 something differs, 2 wrong usage.
#include "test/Tools/srt-algebra-check/Check.h"

#include <CLI/CLI.hpp>

int main(int argc, char **argv) {
  CLI::App app("Compares automata, tables and searches with lib/Sim.",
               "srt-algebra-check");
  app.require_subcommand(1);
  unsigned patternSize = 4, pathSize = 6;
  CLI::App *globs = app.add_subcommand("globs", "Every glob on every path");
  globs->add_option("--pattern-size", patternSize, "Bytes of a pattern");
  globs->add_option("--path-size", pathSize, "Bytes of a path");
  uint64_t count = 1000, seed = 1;
  CLI::App *policies = app.add_subcommand("policies", "Random policies");
  policies->add_option("--count", count, "How many");
  policies->add_option("--seed", seed, "The first seed");
  CLI::App *passes = app.add_subcommand("passes", "Passes over random policies");
  passes->add_option("--count", count, "How many");
  passes->add_option("--seed", seed, "The first seed");
  std::string file;
  CLI::App *tables = app.add_subcommand("tables", "Tables of one policy");
  tables->add_option("FILE", file, "Policy file")->required();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  size_t failed = *globs    ? srt::check::checkGlobs(patternSize, pathSize)
                  : *passes ? srt::check::checkPasses(count, seed)
                  : *tables ? srt::check::checkTables(file)
                            : srt::check::checkPolicies(count, seed);
  return failed == 0 ? 0 : 1;
}
