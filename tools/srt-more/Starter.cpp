// tools/srt-more/Starter.cpp: writes first policies.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Starter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <glob.h>

namespace srt::command {

const char *spelling(Language language) {
  switch (language) {
  case Language::Node:
    return "node";
  case Language::Python:
    return "python";
  case Language::Go:
    return "go";
  case Language::Rust:
    return "rust";
  case Language::Cpp:
    return "cpp";
  case Language::Java:
    return "java";
  }
  return "";
}

const std::vector<Language> &allLanguages() {
  static const std::vector<Language> kAll = {Language::Node, Language::Python,
                                             Language::Go,   Language::Rust,
                                             Language::Cpp,  Language::Java};
  return kAll;
}

/// Files that a project in the language has at its top.
static std::vector<const char *> signsOf(Language language) {
  switch (language) {
  case Language::Node:
    return {"package.json"};
  case Language::Python:
    return {"pyproject.toml", "setup.py", "requirements*.txt", "Pipfile", "*.py"};
  case Language::Go:
    return {"go.mod", "go.work"};
  case Language::Rust:
    return {"Cargo.toml"};
  case Language::Cpp:
    return {"CMakeLists.txt", "meson.build", "*.cpp", "*.cc", "*.c", "*.h"};
  case Language::Java:
    return {"pom.xml", "build.gradle", "build.gradle.kts"};
  }
  return {};
}

/// Quotes what glob(3) would take for a pattern.
static std::string literal(const std::string &path) {
  std::string out;
  for (char c : path) {
    if (llvm::StringRef("*?[\\").contains(c))
      out += '\\';
    out += c;
  }
  return out;
}

static bool hasSign(const std::string &folder, const char *sign) {
  glob_t found = {};
  std::string pattern = literal(folder) + "/" + sign;
  bool isThere = glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found) == 0;
  globfree(&found);
  return isThere;
}

std::vector<Language> languagesIn(const std::string &folder) {
  std::vector<Language> found;
  for (Language language : allLanguages())
    if (llvm::any_of(signsOf(language), [&](const char *sign) {
          return hasSign(folder, sign);
        }))
      found.push_back(language);
  return found;
}

static constexpr const char *kRules = R"(  // The work. Not in it: .git/hooks, editor settings and what else runs by itself
  // later (std/startup.srt), and .srt, where this file is.
  allow read, write "./";
  // Keys of development.
  sealed deny read.data "./**/.env", "./**/.env.local", "./**/.env.production";
  // Scratch space.
  allow read, write "/tmp";
  // What was built here: as confined as what built it.
  allow exec "./";

  // A server to try things with. Landlock lets port 0, any free port, through
  // with any other, so it is written out.
  on linux { allow bind "*:0", "*:3000-3010", "*:8000-8010"; }
  on macos { allow bind "127.0.0.1:3000-3010", "127.0.0.1:8000-8010"; }

  // So that scripts can tell.
  set env "SRT_SANDBOX" = "project";

  test "the work, and nothing around it" {
    allow read "./src/main.c";
    allow write "./src/main.c";
    deny read.data "./.env";
    deny read.data "~/notes.txt";
    deny read.data "~/.ssh/id_ed25519";
    deny write "./.git/hooks/pre-commit";
    deny write "./.srt/policy.srt";
    deny exec "sudo ls";
  }
}
)";

std::string starterPolicy(const std::vector<Language> &languages) {
  std::vector<llvm::StringRef> parents = {"base",   "tools", "secrets",
                                          "startup", "docker", "git"};
  for (Language language : languages)
    parents.push_back(spelling(language));
  std::string text =
      "// What commands that are started with srt may do in this project.\n"
      "// After a change: srt trust. What was denied last: srt why.\n";
  for (llvm::StringRef parent : parents)
    text += "import \"std/" + parent.str() + ".srt\";\n";
  text += "\npolicy project extends " + llvm::join(parents, ", ") + " {\n";
  return text + kRules;
}

} // namespace srt::command
