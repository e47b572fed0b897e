// lib/Sim/Sbpl.cpp: reads the rules of a profile and decides by them.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/Sbpl.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace srt::sim {

namespace {
enum class Builtin : uint8_t { Inherit, Allow, Deny };
enum class Since : uint8_t { Both, New };

struct Operation {
  llvm::StringLiteral name;
  llvm::StringLiteral parent;
  Builtin builtin;
  Since since;
  llvm::StringLiteral filters;
};

const Operation kOperations[] = {
#define SRT_SBPL_OPERATION(name, parent, builtin, since, filters)              \
  {name, parent, Builtin::builtin, Since::since, filters},
#include "lib/Sim/SbplOperations.def"
};
} // namespace

static std::optional<size_t> operationNamed(llvm::StringRef name,
                                            SbplVocabulary vocabulary) {
  for (size_t i = 0; i < std::size(kOperations); ++i)
    if (kOperations[i].name == name && (kOperations[i].since == Since::Both ||
                                        vocabulary == SbplVocabulary::MacOs14))
      return i;
  return std::nullopt;
}

/// The name of today for an operation that has had another.
static llvm::StringRef withoutAlias(llvm::StringRef name) {
  return llvm::StringSwitch<llvm::StringRef>(name)
      .Case("process-exec", "process-exec*")
      .Case("ipc-posix-sem", "ipc-posix-sem*")
      .Case("ipc-posix-shm", "ipc-posix-shm*")
      .Case("file-write-mount", "file-mount")
      .Cases({"file-write-unmount", "file-write-umount"}, "file-unmount")
      .Case("file-unlink", "file-write-unlink")
      .Case("file-fsctl", "system-fsctl")
      .Case("time-set", "system-set-time")
      .Default(name);
}

/// Takes the top-level forms one by one.
class SbplLoader {
public:
  SbplLoader(const SexpFile &file, const SbplParams &params,
             SbplVocabulary vocabulary, std::string &why)
      : file(file), params(params), why(why) {
    profile.vocabulary = vocabulary;
    profile.rules.resize(std::size(kOperations));
  }
  bool run();
  SbplProfile profile;

private:
  using Children = llvm::ArrayRef<uint32_t>;
  bool fail(uint32_t node, llvm::StringRef reason);
  bool form(uint32_t node);
  bool expand(uint32_t node, std::vector<uint32_t> &todo, bool &isDone);
  bool condition(uint32_t node, bool &holds);
  llvm::StringRef headOf(uint32_t node) const;
  bool modifier(uint32_t node);
  bool version(uint32_t node);
  bool rule(uint32_t node, bool isAllow);
  bool operations(Children names, std::vector<size_t> &found);
  bool filter(Children parts, uint32_t node, uint32_t &index);
  void addImplicit();

  const SexpFile &file;
  const SbplParams &params;
  std::string &why;
  SbplFilterTable filters;
  bool hasVersion = false;
};

bool SbplLoader::fail(uint32_t node, llvm::StringRef reason) {
  why = "line " + std::to_string(file.nodes[node].line) + ", column " +
        std::to_string(file.nodes[node].column) + ": " + reason.str();
  return false;
}

bool SbplLoader::version(uint32_t node) {
  const std::vector<uint32_t> &parts = file.nodes[node].children;
  if (hasVersion || parts.size() != 2 || file.nodes[parts[1]].text != "1")
    return fail(node, "expected one (version 1)");
  hasVersion = true;
  return true;
}

/// Looks up the operations of a rule.
bool SbplLoader::operations(Children names, std::vector<size_t> &found) {
  for (uint32_t node : names) {
    llvm::StringRef name = file.nodes[node].text;
    auto operation =
        operationNamed(withoutAlias(name), profile.vocabulary);
    if (!operation)
      return fail(node, "unbound variable: " + name.str());
    found.push_back(*operation);
  }
  return true;
}

/// Reads the filters of a rule; several mean any of them.
bool SbplLoader::filter(Children parts, uint32_t node, uint32_t &index) {
  SbplFilter any;
  any.kind = SbplFilter::Kind::Any;
  for (uint32_t part : parts) {
    std::string reason;
    auto read = readFilter(file, part, params, filters, reason);
    if (!read)
      return fail(part, reason);
    any.parts.push_back(*read);
  }
  return filters.intern(std::move(any), index, why);
}

bool SbplLoader::rule(uint32_t node, bool isAllow) {
  // Operations, filters and modifiers come in any order.
  std::vector<uint32_t> names, filterNodes;
  for (uint32_t part : Children(file.nodes[node].children).drop_front()) {
    if (headOf(part) == "with") {
      if (!modifier(part))
        return false;
      continue;
    }
    bool isName = file.nodes[part].kind == Sexp::Kind::Symbol;
    (isName ? names : filterNodes).push_back(part);
  }
  std::vector<size_t> found;
  if (!operations(names, found))
    return false;
  Children rest = filterNodes;
  if (found.empty())
    return fail(node, "a rule without an operation");
  uint32_t index = 0;
  if (!rest.empty() && !filter(rest, node, index))
    return false;
  std::string letters = rest.empty() ? "" : lettersOf(filters.all(), index);
  for (size_t operation : found) {
    if (rest.empty()) {
      profile.rules[operation].unfiltered = isAllow;
      continue;
    }
    for (char letter : letters)
      if (!kOperations[operation].filters.contains(letter))
        return fail(node, "filter does not apply to " +
                              kOperations[operation].name.str());
    profile.rules[operation].filtered.push_back({isAllow, index});
  }
  return true;
}

llvm::StringRef SbplLoader::headOf(uint32_t node) const {
  const std::vector<uint32_t> &parts = file.nodes[node].children;
  if (parts.empty() || file.nodes[parts[0]].kind != Sexp::Kind::Symbol)
    return "";
  return file.nodes[parts[0]].text;
}

/// Reads `(defined? 'NAME)`, `(param "NAME")` or `(equal? (param "NAME")
/// "VALUE")`, with any number of `not` around it.
bool SbplLoader::condition(uint32_t node, bool &holds) {
  bool isNegated = false;
  while (headOf(node) == "not" && file.nodes[node].children.size() == 2) {
    isNegated = !isNegated;
    node = file.nodes[node].children[1];
  }
  const std::vector<uint32_t> &test = file.nodes[node].children;
  llvm::StringRef head = headOf(node);
  auto text = [&](uint32_t each) { return file.nodes[each].text; };
  if (head == "defined?" && test.size() == 2 &&
      file.nodes[test[1]].kind == Sexp::Kind::Quoted) {
    bool isNewFilter = text(test[1]) == "path-ancestors";
    holds = isNewFilter
                ? profile.vocabulary == SbplVocabulary::MacOs14
                : operationNamed(text(test[1]), profile.vocabulary).has_value();
  } else if (head == "param" && test.size() == 2) {
    holds = params.contains(text(test[1]));
  } else if (head == "equal?" && test.size() == 3 &&
             headOf(test[1]) == "param" &&
             file.nodes[test[1]].children.size() == 2) {
    auto found = params.find(text(file.nodes[test[1]].children[1]));
    holds = found != params.end() && found->second == text(test[2]);
  } else {
    return fail(node, "expected defined?, param or equal? as a condition");
  }
  holds ^= isNegated;
  return true;
}

/// Appends the forms that an `if`, `when`, `unless` or `begin` comes to, last
/// first. `isDone` is false for another form.
bool SbplLoader::expand(uint32_t node, std::vector<uint32_t> &todo,
                        bool &isDone) {
  llvm::StringRef head = headOf(node);
  Children parts = file.nodes[node].children;
  isDone = head == "if" || head == "when" || head == "unless" ||
           head == "begin";
  if (!isDone)
    return true;
  if (head == "begin") {
    llvm::append_range(todo, llvm::reverse(parts.drop_front()));
    return true;
  }
  bool isIf = head == "if", holds = false;
  if (parts.size() < 3 || (isIf && parts.size() > 4))
    return fail(node, "expected (" + head.str() + " CONDITION FORM)");
  if (!condition(parts[1], holds))
    return false;
  if (isIf && (holds || parts.size() == 4))
    todo.push_back(holds ? parts[2] : parts[3]);
  if (!isIf && holds == (head == "when"))
    llvm::append_range(todo, llvm::reverse(parts.drop_front(2)));
  return true;
}

bool SbplLoader::form(uint32_t node) {
  std::vector<uint32_t> todo = {node};
  while (!todo.empty()) {
    uint32_t next = todo.back();
    todo.pop_back();
    bool isDone = false;
    if (!expand(next, todo, isDone))
      return false;
    if (isDone)
      continue;
    llvm::StringRef head = headOf(next);
    if (head.empty())
      return fail(next, "expected a form");
    if (head == "debug" || head == "trace")
      continue; // for whoever reads logs
    bool isRule = head == "allow" || head == "deny";
    if (!isRule && head != "version")
      return fail(next, "this part of the language is not known here: " +
                            head.str());
    if (!(isRule ? rule(next, head == "allow") : version(next)))
      return false;
  }
  return true;
}

/// Checks `(with NAME ...)`. What is known changes what is logged or how a
/// denial is felt, not what is denied.
bool SbplLoader::modifier(uint32_t node) {
  static constexpr llvm::StringLiteral kHarmless[] = {
      "report",    "no-report", "no-log",       "message",
      "telemetry", "no-times",  "send-signal",  "telemetry-backtrace",
      "deprecated"};
  const std::vector<uint32_t> &parts = file.nodes[node].children;
  llvm::StringRef name =
      parts.size() > 1 ? llvm::StringRef(file.nodes[parts[1]].text) : "";
  if (llvm::is_contained(kHarmless, name))
    return true;
  return fail(node, "no harmless modifier is called " + name.str());
}

/// libsandbox ends every profile with rules of its own: a process may signal
/// and inspect itself. As the last filtered rules they win.
void SbplLoader::addImplicit() {
  SbplFilter self;
  self.kind = SbplFilter::Kind::Target;
  self.letter = 'T';
  uint32_t index = 0;
  filters.intern(std::move(self), index, why);
  for (llvm::StringRef name : {"signal", "mach-task-name", "mach-task-inspect",
                               "mach-task-read", "mach-task-special-port-get"})
    if (auto operation = operationNamed(name, profile.vocabulary))
      profile.rules[*operation].filtered.push_back({true, index});
}

bool SbplLoader::run() {
  for (uint32_t node : file.top)
    if (!form(node))
      return false;
  if (!hasVersion) {
    why = "no version specified";
    return false;
  }
  addImplicit();
  profile.filters = filters.all();
  return true;
}

std::optional<SbplProfile> readSbpl(llvm::StringRef text,
                                    const SbplParams &params,
                                    SbplVocabulary vocabulary,
                                    std::string &why) {
  std::optional<SexpFile> file = readSexps(text, why);
  if (!file)
    return std::nullopt;
  SbplLoader loader(*file, params, vocabulary, why);
  if (!loader.run())
    return std::nullopt;
  return std::move(loader.profile);
}

bool SbplProfile::knows(llvm::StringRef operation) const {
  return operationNamed(operation, vocabulary).has_value();
}

/// The index of each operation's parent, or of itself if it has none.
static llvm::ArrayRef<size_t> parents() {
  static const std::vector<size_t> indices = [] {
    std::vector<size_t> found;
    for (size_t i = 0; i < std::size(kOperations); ++i)
      found.push_back(
          operationNamed(kOperations[i].parent, SbplVocabulary::MacOs14)
              .value_or(i));
    return found;
  }();
  return indices;
}

llvm::ArrayRef<llvm::StringRef> operationNames() {
  static const std::vector<llvm::StringRef> names = [] {
    std::vector<llvm::StringRef> found;
    for (const Operation &operation : kOperations)
      found.push_back(operation.name);
    return found;
  }();
  return names;
}

bool isFamily(llvm::StringRef operation) {
  return llvm::any_of(kOperations, [&](const Operation &each) {
    return each.parent == operation;
  });
}

std::vector<bool>
SbplProfile::permitted(const std::vector<bool> &matches) const {
  std::vector<bool> result;
  for (size_t i = 0; i < std::size(kOperations); ++i) {
    const Rules &here = rules[i];
    auto rule = llvm::find_if(
        llvm::reverse(here.filtered),
        [&](const FilteredRule &each) { return matches[each.filter]; });
    if (rule != llvm::reverse(here.filtered).end())
      result.push_back(rule->isAllow);
    else if (here.unfiltered)
      result.push_back(*here.unfiltered);
    else if (kOperations[i].builtin != Builtin::Inherit || parents()[i] == i)
      result.push_back(kOperations[i].builtin == Builtin::Allow);
    else
      result.push_back(result[parents()[i]]);
  }
  return result;
}

std::optional<bool> SbplProfile::byDefault() const {
  return rules[*operationNamed("default", vocabulary)].unfiltered;
}

/// A rule that may hold matters if it decides otherwise than what stands below
/// it, or if such a rule does between it and there.
void SbplProfile::markRules(size_t operation,
                            const std::vector<SbplTruth> &truth,
                            std::vector<bool> &relevant) const {
  const Rules &here = rules[operation];
  std::optional<bool> tail = here.unfiltered;
  if (!tail && kOperations[operation].builtin != Builtin::Inherit)
    tail = kOperations[operation].builtin == Builtin::Allow;
  std::vector<FilteredRule> open; // the last of the file first
  for (const FilteredRule &rule : llvm::reverse(here.filtered)) {
    if (truth[rule.filter] == SbplTruth::True) {
      tail = rule.isAllow;
      break;
    }
    if (truth[rule.filter] == SbplTruth::Unknown)
      open.push_back(rule);
  }
  while (tail && !open.empty() && open.back().isAllow == *tail)
    open.pop_back();
  for (const FilteredRule &rule : open)
    relevant[rule.filter] = true;
}

void SbplProfile::markRelevant(const std::vector<SbplTruth> &truth,
                               std::vector<bool> &relevant) const {
  for (size_t i = 0; i < rules.size(); ++i)
    markRules(i, truth, relevant);
  // A part matters while the whole does and is not known.
  for (size_t i = filters.size(); i-- > 0;)
    if (relevant[i] && truth[i] == SbplTruth::Unknown)
      for (uint32_t part : filters[i].parts)
        relevant[part] = true;
}

bool SbplProfile::permits(llvm::StringRef operation,
                          const SbplRequest &request) const {
  std::optional<size_t> index = operationNamed(operation, vocabulary);
  return index && permitted(matchFilters(filters, request))[*index];
}

} // namespace srt::sim
