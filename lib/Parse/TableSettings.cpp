// lib/Parse/TableSettings.cpp: params, environment, limits and tests in tables.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Parse/TableRules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace srt::tables {

/// `4GiB`, as NUMBER of grammar/Srt.g4.
static bool isNumber(llvm::StringRef text) {
  return !text.empty() && llvm::isDigit(text[0]) &&
         llvm::all_of(text, [](char c) {
           return llvm::isAlnum(c) || c == '_' || c == '.';
         });
}

/// Texts of the formats that are words, groups and numbers of the language.
static syntax::Literal::Kind valueKind(llvm::StringRef text,
                                       llvm::StringRef type) {
  using Kind = syntax::Literal::Kind;
  if (type == "syscall" && text == "all")
    return Kind::Word;
  if (type == "syscall" && text.starts_with("@"))
    return Kind::Group;
  bool isAmount = type == "size" || type == "duration";
  return isAmount && isNumber(text) ? Kind::Number : Kind::Text;
}

/// Reads VALUE into the declaration; `type` is empty if none is written.
/// True if the value alone tells that the type is path.
static bool readParamValue(const Values &values, const Node &value,
                           llvm::StringRef type, syntax::ParamDecl &decl) {
  using Kind = syntax::Literal::Kind;
  if (value.kind == Node::Kind::Number) {
    decl.value = syntax::Literal{Kind::Number, value.text, value.range};
    return false;
  }
  decl.value = values.literal(value, decl.name.text);
  if (!decl.value)
    return false;
  decl.value->kind = valueKind(decl.value->text, type);
  bool mayBePath = type.empty() || type == "path";
  if (mayBePath && decl.value->text == "cwd") {
    // A word in the language: the text "cwd" would be a relative path.
    decl.value->kind = Kind::Word;
    return true;
  }
  return mayBePath && llvm::StringRef(decl.value->text).starts_with("/");
}

/// `{env: HOME}`: the value that a path param has in the environment.
static bool readParamEnv(const Values &values, Entry env,
                         syntax::ParamDecl &decl) {
  decl.value = values.literal(*env.value, "env");
  decl.function = syntax::Word{"env", env.key->range};
  return true;
}

/// VALUE of a param in any of its forms.
static bool readParamSource(const Values &values, const Node &value,
                            llvm::StringRef type, syntax::ParamDecl &decl) {
  if (value.kind != Node::Kind::Mapping)
    return readParamValue(values, value, type, decl);
  Entry env = values.fields(value, "the value of a param", {"env"})[0];
  if (env)
    return readParamEnv(values, env, decl);
  values.reportMissing(value.range, "the value of a param", "env", "");
  return true;
}

static void readParam(const Values &values, Entry entry, Statements &out) {
  std::optional<syntax::Word> name = values.word(*entry.key, "params");
  if (!name)
    return;
  syntax::ParamDecl decl{*name, {"path", name->range}, {}, {}, entry.range()};
  std::string what = "param `" + name->text + "`";
  Values::Fields fields(3);
  if (entry.value->kind == Node::Kind::Mapping)
    fields = values.fields(*entry.value, what, {"type", "value", "env"});
  else
    fields[1] = entry;
  std::optional<syntax::Word> type;
  if (fields[0] && !(type = values.word(*fields[0].value, "type")))
    return;
  bool isPath = false;
  if (fields[1] && fields[2])
    values.reportClash(fields[1], fields[2]);
  if (fields[2])
    isPath = readParamEnv(values, fields[2], decl);
  else if (fields[1])
    isPath = readParamSource(values, *fields[1].value,
                             type ? type->text : llvm::StringRef(), decl);
  if (type)
    decl.type = std::move(*type);
  else if (!isPath && (decl.value || !fields[1]))
    return values.reportMissing(
        entry.value->range, what, "type",
        "write `{type: host, value: ...}`; only `cwd`, `{env: NAME}` and an "
        "absolute path tell that the type is path");
  out.push_back({std::move(decl)});
}

void readParams(const Values &values, Entry params, Statements &out) {
  for (Entry entry : values.entries(*params.value, params.key->text))
    readParam(values, entry, out);
}

static void readNames(const Values &values, Entry list, ir::EnvRule::Kind kind,
                      Statements &out) {
  syntax::EnvRule rule{kind, {}, {}, list.range()};
  for (const Node *item : values.items(*list.value))
    if (std::optional<syntax::Literal> name =
            values.literal(*item, list.key->text))
      rule.names.push_back(std::move(*name));
  if (!rule.names.empty())
    out.push_back({std::move(rule)});
}

static void readSet(const Values &values, Entry set, Statements &out) {
  for (Entry entry : values.entries(*set.value, set.key->text)) {
    Node key = *entry.key;
    key.kind = Node::Kind::Text; // NO: is a name, whatever it looks like
    std::optional<syntax::Literal> name = values.literal(key, "set");
    std::optional<syntax::Literal> value =
        values.literal(*entry.value, entry.key->text);
    if (!name || !value)
      continue;
    out.push_back({syntax::EnvRule{
        ir::EnvRule::Kind::Set, {*name}, std::move(value), entry.range()}});
  }
}

void readEnv(const Values &values, Entry env, Statements &out) {
  for (Entry entry : values.entries(*env.value, env.key->text)) {
    llvm::StringRef key = entry.key->text;
    if (key == "pass")
      readNames(values, entry, ir::EnvRule::Kind::Pass, out);
    else if (key == "unset")
      readNames(values, entry, ir::EnvRule::Kind::Unset, out);
    else if (key == "set")
      readSet(values, entry, out);
    else
      values.reportUnknown(*entry.key, "env", {"pass", "set", "unset"});
  }
}

void readLimits(const Values &values, Entry limits, Statements &out) {
  for (Entry entry : values.entries(*limits.value, limits.key->text)) {
    std::optional<syntax::Word> name = values.word(*entry.key, "limits");
    if (!name)
      continue;
    const Node &value = *entry.value;
    bool isAmount =
        value.kind == Node::Kind::Number || value.kind == Node::Kind::Text;
    if (!isAmount) {
      values.reportShape(value, name->text, "a number, perhaps with a unit");
      continue;
    }
    Node written = value;
    written.kind = Node::Kind::Text;
    std::optional<syntax::Literal> amount = values.literal(written, name->text);
    if (!amount)
      continue;
    bool isParam = llvm::StringRef(amount->text).starts_with("${");
    amount->kind = isParam ? syntax::Literal::Kind::Text
                           : syntax::Literal::Kind::Number;
    out.push_back({syntax::LimitItem{std::move(*name), std::move(*amount),
                                     entry.range()}});
  }
}

namespace {
/// The lines of one effect in a test.
struct Expecting {
  const Values &values;
  ir::Effect effect;
  syntax::TestBlock &test;

  void add(syntax::Word action, const Node &resources);
  void addText(const Node &item, llvm::StringRef key);
  void addEntry(Entry entry);
  void addItem(const Node &item, llvm::StringRef key);
};
} // namespace

void Expecting::add(syntax::Word action, const Node &resources) {
  syntax::Expectation line{
      effect, action, {}, joined(action.range, resources.range)};
  for (const Node *item : values.items(resources))
    if (std::optional<syntax::Literal> literal =
            values.resource(*item, action.text, action.text))
      line.resources.push_back(std::move(*literal));
  if (!line.resources.empty())
    test.expectations.push_back(std::move(line));
}

/// "read.data /etc/passwd": an action, a space, a resource.
void Expecting::addText(const Node &item, llvm::StringRef key) {
  llvm::StringRef text(item.text);
  size_t space = text.find(' ');
  size_t resource = text.find_first_not_of(' ', space);
  if (resource == llvm::StringRef::npos)
    return values.reportShape(item, key, "`ACTION RESOURCE`");
  std::optional<syntax::Word> action = values.word(slice(item, 0, space), key);
  if (action)
    add(std::move(*action), slice(item, resource, text.size()));
}

/// `read.data: ...`, which a dotted key of TOML makes `read: {data: ...}`.
void Expecting::addEntry(Entry entry) {
  std::optional<syntax::Word> action = values.word(*entry.key, "tests");
  if (!action)
    return;
  if (entry.value->kind != Node::Kind::Mapping)
    return add(std::move(*action), *entry.value);
  for (Entry part : values.entries(*entry.value, action->text)) {
    std::optional<syntax::Word> leaf = values.word(*part.key, action->text);
    if (leaf)
      add({action->text + "." + leaf->text, leaf->range}, *part.value);
  }
}

void Expecting::addItem(const Node &item, llvm::StringRef key) {
  if (item.kind == Node::Kind::Text)
    return addText(item, key);
  if (item.kind != Node::Kind::Mapping)
    return values.reportShape(item, key, "`ACTION RESOURCE` or a table");
  for (Entry entry : values.entries(item, key))
    addEntry(entry);
}

static void readTest(const Values &values, const Node &item, Statements &out) {
  if (item.kind != Node::Kind::Mapping)
    return values.reportShape(item, "tests", "tables with `name`");
  syntax::TestBlock test;
  test.range = item.range;
  Entry name =
      values.fields(item, "a test", {"name", "allow", "ask", "deny"})[0];
  if (!name)
    return values.reportMissing(item.range, "a test", "name", "");
  std::optional<syntax::Literal> text = values.literal(*name.value, "name");
  if (!text)
    return;
  test.name = std::move(*text);
  for (Entry entry : values.entries(item, "tests")) {
    llvm::StringRef key = entry.key->text;
    if (key != "allow" && key != "ask" && key != "deny")
      continue;
    ir::Effect effect = key == "allow" ? ir::Effect::Allow
                        : key == "ask" ? ir::Effect::Ask
                                       : ir::Effect::Deny;
    Expecting expecting{values, effect, test};
    for (const Node *line : values.items(*entry.value))
      expecting.addItem(*line, key);
  }
  out.push_back({std::move(test)});
}

void readTests(const Values &values, Entry tests, Statements &out) {
  for (const Node *item : values.items(*tests.value))
    readTest(values, *item, out);
}

} // namespace srt::tables
