// tools/srt-more/Learn.cpp: the smallest policy that allows what was seen.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: what std/secrets, std/startup and std/docker seal stays denied: the
// policy extends them, and a deny beats whatever was learned.
#include "tools/srt-more/Learned.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::command {

/// Never to be given, beside what std/ seals: other identities, keys of
/// development, agents that sign, services that act for whoever asks.
static constexpr const char *kNever =
    R"(  sealed deny exec "sudo", "su", "doas", "pkexec", "docker", "podman", "nerdctl", "osascript";
  sealed deny read.data "./**/.env", "./**/.env.local", "./**/.env.production";
  deny connect "unix:/run/user/*/gnupg", "unix:/run/user/*/keyring", "unix:/run/user/*/bus",
               "unix:/run/dbus", "unix:~/.gnupg", "unix:~/.ssh";
)";

/// What std/agent.srt passes: the observed command gets no more than an agent.
static std::set<std::string> passedBy(const ir::Policy &policy) {
  std::set<std::string> names;
  for (const ir::EnvRule &rule : policy.env)
    if (rule.kind == ir::EnvRule::Kind::Pass)
      names.insert(rule.name);
  return names;
}

static std::string importsOf(const std::vector<std::string> &parents) {
  std::string text;
  for (const std::string &parent : parents)
    text += "import \"std/" + parent + ".srt\";\n";
  return text;
}

/// A policy of std/, with nothing added. Nothing, after diagnostics, if the
/// library is not there.
static std::optional<ir::Policy>
library(const Job &job, const std::vector<std::string> &parents) {
  Sources sources;
  DiagnosticEngine diags;
  std::string text = importsOf(parents) + "policy library extends " +
                     llvm::join(parents, ", ") + " {}\n";
  std::optional<ir::Policy> policy =
      readText(job, "library.srt", text, sources, diags);
  if (!policy)
    show(sources, diags);
  return policy;
}

std::string observationPolicy(const Job &job) {
  std::vector<std::string> parents = {"secrets", "startup", "docker"};
  std::string text = importsOf(parents) + "policy observed extends " +
                     llvm::join(parents, ", ") + " {\n" + kNever +
                     R"(  allow read, write, ioctl "/";
  allow exec "/";
  allow connect "*:*", "udp:*:*", "unix:/**", "unix:@*";
  allow send "*:*", "unix:/**", "unix:@*";
  allow bind "*:*", "udp:*:*", "unix:/**", "unix:@*";
  // A name, so that the broker is who answers for names.
  deny connect "srt-never-there.invalid:1";
)";
  for (const std::string &folder :
       {job.places.config, job.places.state, job.places.cache})
    if (!folder.empty() && folder.find_first_of("\"\\*?[]{}$") == std::string::npos)
      text += "  deny write \"" + folder + "\";\n";
  std::optional<ir::Policy> agent = library(job, {"agent"});
  if (!agent)
    return {};
  for (const std::string &name : passedBy(*agent))
    text += "  pass env \"" + name + "\";\n";
  return text + "}\n";
}

namespace {
/// A policy of std/ that may be extended, and what it allows.
struct Candidate {
  std::string name;
  ir::Policy policy;
};

struct Learning {
  const Observation &seen;
  const Job &job;
  Programs programs = {};
  std::vector<std::string> parents = {"base", "secrets", "startup"};
  std::vector<Access> todo = {}; // not allowed yet

  bool begin();
  void choose();
  bool drop(const ir::Policy &policy);

private:
  size_t programsIn(const ir::Policy &policy) const;
  bool extend(const std::string &name);
};
} // namespace

/// Programs by name, and what is needed to execute them beside `exec`.
bool Learning::begin() {
  std::optional<ir::Policy> agent = library(job, {"agent"});
  std::optional<ir::Policy> own = library(job, parents);
  if (!agent || !own)
    return false;
  addPrograms(*agent, programs);
  std::set<Access> all(seen.done.begin(), seen.done.end());
  for (const Access &access : seen.done)
    if (access.action == "exec") // Linux reads what it runs
      all.insert({"read.data", access.what, access.about});
  todo.assign(all.begin(), all.end());
  return drop(*own);
}

/// Takes away what a policy allows; always true.
bool Learning::drop(const ir::Policy &policy) {
  Coverage coverage(policy, programs, job);
  llvm::erase_if(todo, [&](const Access &each) { return coverage.allows(each); });
  return true;
}

size_t Learning::programsIn(const ir::Policy &policy) const {
  Coverage coverage(policy, programs, job);
  return llvm::count_if(todo, [&](const Access &each) {
    return each.action == "exec" && coverage.allows(each);
  });
}

bool Learning::extend(const std::string &name) {
  std::vector<std::string> all = parents;
  all.push_back(name);
  std::optional<ir::Policy> policy = library(job, all);
  if (!policy)
    return false;
  parents = all;
  return drop(*policy);
}

/// Toolchains whose programs ran, the one that explains most first; shells and
/// small tools as a whole where many of them ran.
void Learning::choose() {
  constexpr size_t kManyTools = 6;
  std::optional<ir::Policy> tools = library(job, {"tools"});
  if (!tools)
    return;
  std::vector<Candidate> candidates;
  for (const char *name : {"git", "python", "node", "go", "java", "cpp", "rust"})
    if (std::optional<ir::Policy> policy = library(job, {name}))
      candidates.push_back({name, std::move(*policy)});
  std::vector<Access> small;
  Coverage ofTools(*tools, programs, job);
  for (const Access &each : todo)
    if (each.action == "exec" && ofTools.allows(each))
      small.push_back(each);
  llvm::erase_if(todo, [&](const Access &each) {
    return llvm::is_contained(small, each);
  });
  for (;;) {
    size_t most = 0;
    const Candidate *best = nullptr;
    for (const Candidate &each : candidates)
      if (size_t count = programsIn(each.policy); count > most)
        most = count, best = &each;
    if (!best || !extend(best->name))
      break;
  }
  todo.insert(todo.end(), small.begin(), small.end());
  if (std::optional<ir::Policy> own = library(job, parents))
    drop(*own);
  if (programsIn(*tools) >= kManyTools)
    extend("tools");
  llvm::sort(todo);
}

/// Programs that a rule can call by name although std/ does not.
static void addOwnNames(const std::vector<Access> &todo, Programs &programs) {
  for (const Access &access : todo) {
    if (access.action != "exec" || programs.count(access.what))
      continue;
    auto [folder, name] = llvm::StringRef(access.what).rsplit('/');
    if (llvm::is_contained(searchPath(), folder))
      programs[access.what].push_back(name.str());
  }
}

/// As a comment: what a person typed cannot end one, and shows as it is.
static std::string shownCommand(const Job &job) {
  std::string text;
  for (const char *word : job.request.words)
    text += (text.empty() ? "" : " ") + std::string(word);
  for (char &c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f ||
        static_cast<unsigned char>(c) >= 0x80)
      c = '?';
  return text.size() > 80 ? text.substr(0, 77) + "..." : text;
}

static std::string refusedText(const Observation &seen) {
  std::string text;
  for (const Denied &each : seen.refused)
    text += "  //   " + each.action + " " + each.path + "\n";
  for (char &c : text)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f)
      c = '?';
  return text.empty() ? "" : "  // Asked for, and not given:\n" + text;
}

static bool usesUnixSockets(const std::vector<Statement> &statements) {
  return llvm::any_of(statements, [](const Statement &each) {
    return llvm::StringRef(each.text).contains("\"unix:/");
  });
}

static std::string policyText(const Learning &learning,
                              const Learned &learned) {
  std::string text = "// Learned by srt from: " + shownCommand(learning.job) +
                     "\n// Read it, then: srt trust. What is missing: srt learn "
                     "--update -- CMD.\n" +
                     importsOf(learned.parents) + "\npolicy learned extends " +
                     llvm::join(learned.parents, ", ") + " {\n";
  for (const Statement &statement : learned.statements)
    text += "  " + statement.text + "\n";
  // Keys of development that lie in most projects.
  text += "  sealed deny read.data \"./**/.env\", \"./**/.env.local\", "
          "\"./**/.env.production\";\n";
  return text + refusedText(learning.seen) + "}\n";
}

std::optional<Learned> learn(const Observation &seen, const Job &job,
                             const std::string &path) {
  Learning learning{seen, job};
  if (!learning.begin())
    return std::nullopt;
  learning.choose();
  addOwnNames(learning.todo, learning.programs);
  Learned learned;
  learned.statements = statementsFor(learning.todo, seen.done, learning.programs, job);
  if (usesUnixSockets(learned.statements))
    learning.parents.push_back("docker");
  learned.parents = learning.parents;
  learned.text = policyText(learning, learned);
  std::optional<Compiled> compiled = compileText(job, path, learned.text);
  if (!compiled)
    return std::nullopt;
  Coverage coverage(compiled->policy, learning.programs, job);
  for (const Access &access : seen.done)
    if (!coverage.allows(access))
      learned.left.push_back(access);
  return learned;
}

} // namespace srt::command
