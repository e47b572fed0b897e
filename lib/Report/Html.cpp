// lib/Report/Html.cpp: writes HTML in which no text can become markup.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Report/Html.h"

#include "lib/Diag/Diagnostic.h"

#include <cassert>

namespace srt::report {

static llvm::StringRef entityOf(char byte) {
  switch (byte) {
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '&':
    return "&amp;";
  case '"':
    return "&quot;";
  case '\'':
    return "&#39;";
  }
  return {};
}

std::string escaped(llvm::StringRef text, size_t limit) {
  std::string out;
  for (char byte : shown(text, limit)) {
    llvm::StringRef entity = entityOf(byte);
    if (entity.empty())
      out += byte;
    else
      out += entity;
  }
  return out;
}

void Html::text(llvm::StringRef untrusted, size_t limit) {
  out += escaped(untrusted, limit);
}

void Html::tag(llvm::StringRef name, Attributes attributes) {
  out += '<';
  out += name;
  for (const Attribute &attribute : attributes) {
    out += ' ';
    out += attribute.name;
    out += "=\"";
    out += escaped(attribute.value, kLongest * 4);
    out += '"';
  }
  out += '>';
}

void Html::open(llvm::StringRef name, Attributes attributes) {
  tag(name, attributes);
  opened.push_back(name.str());
}

void Html::close() {
  assert(!opened.empty());
  out += "</" + opened.back() + ">";
  // Lines keep the file readable, where blanks between elements show nothing.
  llvm::StringRef name = opened.back();
  if (name != "a" && name != "b" && name != "code" && name != "span" &&
      name != "small")
    out += '\n';
  opened.pop_back();
}

void Html::element(llvm::StringRef name, Attributes attributes,
                   llvm::function_ref<void()> inside) {
  open(name, attributes);
  inside();
  close();
}

void Html::element(llvm::StringRef name, Attributes attributes,
                   llvm::StringRef untrusted) {
  element(name, attributes, [&] { text(untrusted); });
}

void Html::single(llvm::StringRef name, Attributes attributes) {
  tag(name, attributes);
  out += '\n';
}

} // namespace srt::report
