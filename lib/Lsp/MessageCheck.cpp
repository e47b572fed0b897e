// lib/Lsp/MessageCheck.cpp: which bytes are a message that may be acted on.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/MessageCheck.h"

namespace srt::lsp {

using llvm::lsp::ErrorCode;

namespace {
/// Counts what stands outside of strings.
struct Shape {
  unsigned depth = 0;
  unsigned deepest = 0;
  size_t values = 0;
  bool isInString = false;
  bool isEscaped = false;

  void add(char c);
};
} // namespace

void Shape::add(char c) {
  if (isInString) {
    bool ends = c == '"' && !isEscaped;
    isEscaped = c == '\\' && !isEscaped;
    isInString = !ends;
    return;
  }
  if (c == '"')
    isInString = true;
  if (c == '[' || c == '{') {
    ++values;
    deepest = std::max(deepest, ++depth);
  }
  if (c == ',')
    ++values;
  if ((c == ']' || c == '}') && depth > 0)
    --depth;
}

/// Says which bound the text exceeds, if any.
static std::string boundOf(llvm::StringRef text) {
  Shape shape;
  for (char c : text) {
    shape.add(c);
    if (shape.deepest > kMaxDepth)
      return "more than " + std::to_string(kMaxDepth) + " levels of nesting";
    if (shape.values > kMaxValues)
      return "more than " + std::to_string(kMaxValues) + " values";
  }
  return {};
}

/// Ids are whole numbers or texts: 1e999 is no number that can be written back.
static bool isAnswerable(const llvm::json::Value &id) {
  return id.getAsInteger() || id.getAsString();
}

/// What JSON-RPC 2.0 wants of a message. Null is what an answer to an
/// unreadable message has for its id.
static std::string problemOf(const llvm::json::Object *message) {
  if (!message || message->getString("jsonrpc") != llvm::StringRef("2.0"))
    return "not a JSON-RPC 2.0 object";
  const llvm::json::Value *id = message->get("id");
  bool isId = !id || isAnswerable(*id) || id->kind() == llvm::json::Value::Null;
  if (!isId)
    return "an id that is neither a whole number nor a text";
  const llvm::json::Value *method = message->get("method");
  if (method && !method->getAsString())
    return "a method that is not a text";
  return method || id ? "" : "neither a method nor an id";
}

/// The id, if one may be answered to.
static llvm::json::Value idOf(const llvm::json::Object *message) {
  const llvm::json::Value *id = message ? message->get("id") : nullptr;
  return id && isAnswerable(*id) ? *id : llvm::json::Value(nullptr);
}

std::optional<Refusal> refusalOf(llvm::StringRef text) {
  std::string bound = boundOf(text);
  if (!bound.empty())
    return Refusal{ErrorCode::InvalidRequest, "the message has " + bound};
  llvm::Expected<llvm::json::Value> parsed = llvm::json::parse(text);
  if (!parsed)
    return Refusal{ErrorCode::ParseError,
                   "not JSON: " + llvm::toString(parsed.takeError())};
  std::string problem = problemOf(parsed->getAsObject());
  if (problem.empty())
    return std::nullopt;
  return Refusal{ErrorCode::InvalidRequest, "the message is " + problem,
                 idOf(parsed->getAsObject())};
}

} // namespace srt::lsp
