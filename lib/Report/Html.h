// lib/Report/Html.h: writes HTML in which no text can become markup.
// SPDX-License-Identifier: Apache-2.0
//
// Policies are untrusted: every text and every value of an attribute goes
// through one escape. What is opened is closed, in order.
#ifndef SRT_LIB_REPORT_HTML_H
#define SRT_LIB_REPORT_HTML_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <initializer_list>
#include <string>
#include <vector>

namespace srt::report {

/// One attribute; its value is escaped as it is written.
struct Attribute {
  llvm::StringRef name; // a literal of ours
  std::string value;
};
using Attributes = std::initializer_list<Attribute>;

/// Text made safe to stand in an element or between double quotes: markup is
/// escaped, and control characters, marks that turn the direction of writing
/// and bytes that are not UTF-8 become \xNN. More than `limit` bytes are cut.
std::string escaped(llvm::StringRef text, size_t limit);

class Html {
public:
  /// Longer texts are cut; nobody reads on.
  static constexpr size_t kLongest = 240;

  explicit Html(std::string &out) : out(out) {}

  void text(llvm::StringRef untrusted, size_t limit = kLongest);
  /// An element around what `inside` writes.
  void element(llvm::StringRef tag, Attributes attributes,
               llvm::function_ref<void()> inside);
  /// An element around a text.
  void element(llvm::StringRef tag, Attributes attributes,
               llvm::StringRef untrusted);
  /// An element without content: `meta`, `link`, `input`.
  void single(llvm::StringRef tag, Attributes attributes);
  /// For those who cannot nest functions. Requires: as many of each.
  void open(llvm::StringRef tag, Attributes attributes);
  void close();
  /// Bytes of ours, as they are. Requires: nothing in them is from outside.
  void trusted(llvm::StringRef markup) { out += markup; }

private:
  void tag(llvm::StringRef name, Attributes attributes);

  std::string &out;
  std::vector<std::string> opened;
};

} // namespace srt::report

#endif
