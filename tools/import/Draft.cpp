// tools/import/Draft.cpp: writes policies.
// SPDX-License-Identifier: Apache-2.0
#include "tools/import/Draft.h"

#include "lib/Support/Suggest.h"

#include "llvm/ADT/STLExtras.h"

namespace srt::import {

/// One line, whatever the text holds: a comment must not end early.
static std::string oneLine(llvm::StringRef text) {
  std::string line;
  for (char c : text)
    line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  return line;
}

void Draft::lose(const std::string &what, const std::string &why) {
  body.push_back("// Not carried: " + what + ": " + why);
}

Imported Draft::finish(const std::string &name) const {
  Imported imported;
  imported.problems = problems;
  for (const std::string &line : above)
    imported.policy += oneLine(line) + "\n";
  imported.policy += "policy " + name + " {\n";
  for (const std::string &line : body)
    imported.policy += "  " + oneLine(line) + "\n";
  imported.policy += "}\n";
  return imported;
}

std::string quoted(llvm::StringRef text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"')
      out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string escaped(llvm::StringRef path) {
  std::string out;
  for (char c : path) {
    if (llvm::StringRef("*?[]{},\\$").contains(c))
      out += '\\';
    out += c;
  }
  return out;
}

std::optional<llvm::json::Object> readObject(llvm::StringRef text, Draft &draft) {
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(text);
  if (!value) {
    draft.wrong(llvm::toString(value.takeError()));
    return std::nullopt;
  }
  if (const llvm::json::Object *object = value->getAsObject())
    return *object;
  draft.wrong("the file is no JSON object");
  return std::nullopt;
}

void checkKeys(const llvm::json::Object &object, llvm::StringRef where,
               llvm::ArrayRef<llvm::StringRef> known, Draft &draft) {
  std::vector<std::string> unknown;
  for (const auto &[key, value] : object)
    if (!llvm::is_contained(known, llvm::StringRef(key)))
      unknown.push_back(llvm::StringRef(key).str());
  llvm::sort(unknown); // the order of a hash table is none
  for (const std::string &key : unknown) {
    std::optional<llvm::StringRef> near = nearest(key, known);
    draft.wrong("`" + where.str() + key + "` is no key that counts here" +
                (near ? "; did you mean `" + near->str() + "`" : ""));
  }
}

std::vector<std::string> textsOf(const llvm::json::Object &object,
                                 llvm::StringRef key, llvm::StringRef where,
                                 Draft &draft) {
  std::vector<std::string> texts;
  const llvm::json::Value *value = object.get(key);
  if (!value)
    return texts;
  const llvm::json::Array *array = value->getAsArray();
  if (!array) {
    draft.wrong("`" + where.str() + key.str() + "` is no list");
    return texts;
  }
  for (const llvm::json::Value &item : *array) {
    if (std::optional<llvm::StringRef> text = item.getAsString())
      texts.push_back(text->str());
    else
      draft.wrong("`" + where.str() + key.str() + "` holds what is no text");
  }
  return texts;
}

} // namespace srt::import
