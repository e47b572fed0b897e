// tools/srt-dump/Listing.h: what a bundle holds, as text and as JSON.
// SPDX-License-Identifier: Apache-2.0
//
// Both forms are printed from the same records, so that neither can say what
// the other leaves out.
#ifndef SRT_TOOLS_SRT_DUMP_LISTING_H
#define SRT_TOOLS_SRT_DUMP_LISTING_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <variant>
#include <vector>

namespace srt::dump {

/// One value with its name. Bytes come from the bundle, can be any, and stand
/// between quotes; a word is one of ours, or was made safe to show.
struct Field {
  struct Bytes {
    std::string text;
  };
  struct Word {
    std::string text;
  };
  std::string key;
  std::variant<uint64_t, Bytes, Word> value;
};

/// One instruction of a filter and what it does; the comment may be empty.
struct CodeLine {
  std::string text;
  std::string comment;
};

struct Record {
  std::vector<Field> fields;
  std::vector<CodeLine> code; // of a program
};

/// The records of one kind, under the name that --section takes.
struct Section {
  enum class Shape : uint8_t { Single, Table, Code };
  std::string name;
  Shape shape = Shape::Table; // Single: one record, a line for each field
  std::vector<Record> records;
};

/// Writes every section that is not empty, under its name.
void printText(llvm::raw_ostream &out, llvm::ArrayRef<Section> sections);

/// Writes the records of one section, without a title. What it writes of
/// programs is what assemble() reads.
void printRecords(llvm::raw_ostream &out, const Section &section);

/// Writes one object with a member for each section: an object for a Single
/// one, an array of objects for the others. Bytes that are not UTF-8 become
/// \xNN there.
void printJson(llvm::raw_ostream &out, llvm::ArrayRef<Section> sections);

} // namespace srt::dump

#endif
