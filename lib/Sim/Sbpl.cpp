// lib/Sim/Sbpl.cpp: reads the rules of a profile and decides by them.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/Sbpl.h"

#include "llvm/ADT/STLExtras.h"

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
  bool conditional(uint32_t node, uint32_t &then);
  bool version(uint32_t node);
  bool rule(uint32_t node, bool isAllow);
  bool operations(Children &rest, std::vector<size_t> &found);
  bool filter(Children parts, uint32_t node, uint32_t &index);
  void addImplicit();

  const SexpFile &file;
  const SbplParams &params;
  std::string &why;
  SbplFilterTable filters;
  bool hasVersion = false;
};

bool SbplLoader::fail(uint32_t node, llvm::StringRef reason) {
  why = "line " + std::to_string(file.nodes[node].line) + ": " + reason.str();
  return false;
}

bool SbplLoader::version(uint32_t node) {
  const std::vector<uint32_t> &parts = file.nodes[node].children;
  if (hasVersion || parts.size() != 2 || file.nodes[parts[1]].text != "1")
    return fail(node, "expected one (version 1)");
  hasVersion = true;
  return true;
}

/// Reads the symbols in front: the operations of a rule.
bool SbplLoader::operations(Children &rest, std::vector<size_t> &found) {
  while (!rest.empty() && file.nodes[rest.front()].kind == Sexp::Kind::Symbol) {
    uint32_t node = rest.front();
    auto operation = operationNamed(file.nodes[node].text, profile.vocabulary);
    if (!operation)
      return fail(node, "unbound variable: " + file.nodes[node].text);
    found.push_back(*operation);
    rest = rest.drop_front();
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
  Children rest = llvm::ArrayRef(file.nodes[node].children).drop_front();
  std::vector<size_t> found;
  if (!operations(rest, found))
    return false;
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

/// Reads `(if (defined? 'NAME) FORM [OTHER])`. `then` becomes the form that is
/// chosen, or stays as it was if there is none.
bool SbplLoader::conditional(uint32_t node, uint32_t &then) {
  const std::vector<uint32_t> &parts = file.nodes[node].children;
  if (parts.size() != 3 && parts.size() != 4)
    return fail(node, "expected (if (defined? 'NAME) FORM)");
  const std::vector<uint32_t> &test = file.nodes[parts[1]].children;
  if (test.size() != 2 || file.nodes[test[0]].text != "defined?" ||
      file.nodes[test[1]].kind != Sexp::Kind::Quoted)
    return fail(node, "expected (if (defined? 'NAME) FORM)");
  llvm::StringRef name = file.nodes[test[1]].text;
  bool isNewFilter = name == "path-ancestors";
  if (isNewFilter ? profile.vocabulary == SbplVocabulary::MacOs14
                  : operationNamed(name, profile.vocabulary).has_value())
    then = parts[2];
  else if (parts.size() == 4)
    then = parts[3];
  return true;
}

bool SbplLoader::form(uint32_t node) {
  uint32_t then = node;
  for (;;) {
    const std::vector<uint32_t> &parts = file.nodes[then].children;
    llvm::StringRef head;
    if (!parts.empty())
      head = file.nodes[parts[0]].text;
    if (head != "if")
      break;
    uint32_t before = then;
    if (!conditional(before, then))
      return false;
    if (then == before)
      return true; // not defined: nothing to do
  }
  const std::vector<uint32_t> &parts = file.nodes[then].children;
  if (parts.empty() || file.nodes[parts[0]].kind != Sexp::Kind::Symbol)
    return fail(then, "expected a form");
  llvm::StringRef head = file.nodes[parts[0]].text;
  if (head == "version")
    return version(then);
  if (head == "allow" || head == "deny")
    return rule(then, head == "allow");
  return fail(then,
              "this part of the language is not known here: " + head.str());
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
