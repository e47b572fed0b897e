// lib/Lsp/Completion.cpp: what may be written next.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Completion.h"

#include "lib/Kernel/Syscalls.h"
#include "lib/Lsp/Cursor.h"
#include "lib/Lsp/Project.h"
#include "lib/Lsp/TextIndex.h"
#include "lib/Lsp/Words.h"
#include "lib/Parse/Scope.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace srt::lsp {

using llvm::StringRef;
using llvm::lsp::CompletionItem;
using llvm::lsp::CompletionItemKind;

namespace {
class Completer {
public:
  Completer(const Query &query, size_t offset)
      : query(query), text(query.document.text), index(text), offset(offset),
        cursor(cursorAt(text, offset)) {}
  llvm::lsp::CompletionList complete();

private:
  void add(StringRef label, CompletionItemKind kind, StringRef detail,
           size_t from, StringRef inserted);
  void addWord(StringRef label, CompletionItemKind kind, StringRef detail = {});
  void addWords(llvm::ArrayRef<StringRef> labels, CompletionItemKind kind);
  void addActions();
  void addParams(size_t from, StringRef lead);
  void addFolder(const std::string &folder, StringRef prefix);
  void addSyscalls();
  void addParents();
  void addLimits();
  void completeText();
  void completeStart();
  void completeRule(StringRef action);
  void completeParam();
  void completeStatement();

  const Query &query;
  StringRef text;
  TextIndex index;
  size_t offset;
  Cursor cursor;
  llvm::lsp::CompletionList list;
};
} // namespace

void Completer::add(StringRef label, CompletionItemKind kind, StringRef detail,
                    size_t from, StringRef inserted) {
  CompletionItem item(label, kind);
  item.detail = detail.str();
  llvm::lsp::TextEdit edit;
  edit.range = index.range(from, offset);
  edit.newText = inserted.str();
  item.textEdit = std::move(edit);
  // What was begun may have marks in it that are no part of a word for editors.
  item.filterText = inserted.str();
  list.items.push_back(std::move(item));
}

void Completer::addWord(StringRef label, CompletionItemKind kind,
                        StringRef detail) {
  add(label, kind, detail, cursor.word.begin, label);
}

void Completer::addWords(llvm::ArrayRef<StringRef> labels,
                         CompletionItemKind kind) {
  for (StringRef label : labels)
    addWord(label, kind);
}

void Completer::addActions() {
  for (ir::ActionId action : ir::allActions())
    addWord(ir::spelling(action), CompletionItemKind::Function,
            describedAction(action));
}

/// Params as `lead` wants them: "${" before the name, or nothing.
void Completer::addParams(size_t from, StringRef lead) {
  StringRef close = text.substr(offset).starts_with("}") ? "" : "}";
  std::vector<StringRef> seen;
  std::vector<ProjectFile> project = projectOf(query);
  for (const ProjectFile &file : project)
    for (const ParamSite &param : file.outline.params) {
      if (llvm::is_contained(seen, param.name))
        continue;
      seen.push_back(param.name);
      add(param.name, CompletionItemKind::Variable, param.statement, from,
          (lead + param.name + close).str());
    }
}

/// The policies in a folder, sorted by name.
void Completer::addFolder(const std::string &folder, StringRef prefix) {
  std::vector<std::string> names;
  std::error_code error;
  constexpr size_t kMost = 1000;
  for (llvm::sys::fs::directory_iterator it(folder, error), end;
       it != end && !error && names.size() < kMost; it.increment(error))
    if (StringRef(it->path()).ends_with(".srt") &&
        it->path() != query.document.path())
      names.push_back(llvm::sys::path::filename(it->path()).str());
  llvm::sort(names);
  for (const std::string &name : names)
    if (llvm::json::isUTF8(name))
      add((prefix + name).str(), CompletionItemKind::File, {},
          cursor.word.begin + 1, (prefix + name).str());
}

void Completer::addSyscalls() {
  for (const kernel::Syscall &syscall : kernel::allSyscalls())
    add(syscall.name, CompletionItemKind::Constant,
        describedSyscall(syscall.name), cursor.word.begin + 1, syscall.name);
}

void Completer::addParents() {
  std::vector<ProjectFile> project = projectOf(query);
  for (const ProjectFile &file : llvm::ArrayRef(project).drop_front())
    if (file.outline.policy)
      addWord(file.outline.policy->name, CompletionItemKind::Class);
}

void Completer::addLimits() {
#define SRT_LIMIT(id, spelling, unit, ...)                                     \
  addWord(spelling, CompletionItemKind::Property, "a " #unit);
#include "lib/IR/Limits.def"
}

/// The action that the patterns of the statement belong to.
static StringRef actionOf(const Cursor &cursor) {
  bool isSealed = cursor.head() == "sealed";
  size_t effect = isSealed ? 1 : 0;
  if (effect + 1 >= cursor.before.size())
    return {};
  StringRef word = cursor.before[effect];
  bool isRule = word == "allow" || word == "deny" || word == "ask";
  return isRule ? StringRef(cursor.before[effect + 1]) : StringRef();
}

void Completer::completeText() {
  StringRef begun = text.slice(cursor.word.begin + 1, offset);
  size_t brace = begun.rfind("${");
  if (cursor.head() == "import") {
    addFolder(query.workspace.options.stdFolder, "std/");
    addFolder(llvm::sys::path::parent_path(query.document.path()).str(), "");
  } else if (brace != StringRef::npos && !begun.substr(brace).contains('}')) {
    addParams(cursor.word.begin + 1 + brace + 2, "");
  } else if (actionOf(cursor) == "syscall") {
    addSyscalls();
  } else if (!actionOf(cursor).empty() && (begun.empty() || begun == "$")) {
    addParams(cursor.word.begin + 1, "${");
  }
}

void Completer::completeStart() {
  switch (cursor.block) {
  case Block::File:
    return addWords({"import", "policy"}, CompletionItemKind::Keyword);
  case Block::Test:
    return addWords({"allow", "deny", "ask"}, CompletionItemKind::Keyword);
  case Block::Policy:
    return addWords({"allow", "deny", "ask", "sealed", "param", "pass", "set",
                     "unset", "limit", "scope", "on", "test"},
                    CompletionItemKind::Keyword);
  }
}

/// Between the words of a rule, behind its first action.
void Completer::completeRule(StringRef action) {
  bool isFirst = cursor.last() == action;
  bool isNext = cursor.last() == ",";
  bool hasPattern = llvm::any_of(cursor.before, [](StringRef word) {
    return word.starts_with("\"") || word.starts_with("@") || word == "all";
  });
  if (action == "syscall" && (isFirst || isNext)) {
    addWord("all", CompletionItemKind::Constant, "every syscall");
    for (StringRef group : kernel::allGroups())
      addWord(group, CompletionItemKind::Enum, describedGroup(group));
  } else if ((action == "signal" || action == "trace") && (isFirst || isNext)) {
    addWords({"self", "sandbox", "all"}, CompletionItemKind::Constant);
  } else if (isNext && !hasPattern) {
    addActions();
  } else if (hasPattern && !isNext) {
    addWord("except", CompletionItemKind::Keyword);
  }
}

void Completer::completeParam() {
  if (cursor.last() == ":")
    addWords(paramTypeNames(), CompletionItemKind::TypeParameter);
  if (cursor.last() == "=") {
    addWord("cwd", CompletionItemKind::Value, "where the command starts");
    addWord("env(\"HOME\")", CompletionItemKind::Value,
            "a variable of the environment");
  }
}

void Completer::completeStatement() {
  StringRef head = cursor.head(), last = cursor.last();
  bool isEffect = last == "allow" || last == "deny" || last == "ask";
  bool isRule = head == "allow" || head == "deny" || head == "ask";
  StringRef action = actionOf(cursor);
  if (head.empty())
    return completeStart();
  if (head == "sealed" && cursor.before.size() == 1)
    return addWord("deny", CompletionItemKind::Keyword);
  if (isEffect && (isRule || head == "sealed"))
    return addActions();
  if (!action.empty())
    return completeRule(action);
  if (head == "param")
    return completeParam();
  if (head == "policy" && llvm::is_contained(cursor.before, "extends"))
    return addParents();
  if (head == "policy" && cursor.before.size() == 2)
    return addWord("extends", CompletionItemKind::Keyword);
  if (head == "limit" && (last == "limit" || last == ","))
    return addLimits();
  if (cursor.before.size() != 1)
    return;
  if (head == "scope")
    addWords({"tool", "dir", "repo"}, CompletionItemKind::Keyword);
  if (head == "on")
    addWords({"linux", "macos"}, CompletionItemKind::Constant);
  if (head == "pass" || head == "set" || head == "unset")
    addWord("env", CompletionItemKind::Keyword);
}

llvm::lsp::CompletionList Completer::complete() {
  if (cursor.isInComment)
    return std::move(list);
  if (cursor.isInText())
    completeText();
  else
    completeStatement();
  return std::move(list);
}

llvm::json::Value completionsAt(const Query &query,
                                llvm::lsp::Position position) {
  size_t offset = TextIndex(query.document.text).offset(position);
  return Completer(query, offset).complete();
}

} // namespace srt::lsp
