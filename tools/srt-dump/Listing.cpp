// tools/srt-dump/Listing.cpp: prints records as text and as JSON.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-dump/Listing.h"

#include "lib/Diag/Diagnostic.h"
#include "lib/IR/TextScan.h"

#include "llvm/Support/Format.h"

namespace srt::dump {

static std::string textOf(const Field &field) {
  if (const auto *bytes = std::get_if<Field::Bytes>(&field.value))
    return ir::quoted(bytes->text);
  if (const auto *word = std::get_if<Field::Word>(&field.value))
    return word->text;
  return std::to_string(std::get<uint64_t>(field.value));
}

static void printCode(llvm::raw_ostream &out, llvm::ArrayRef<CodeLine> code) {
  for (size_t i = 0; i < code.size(); ++i) {
    out << llvm::format_decimal(i, 6) << ": " << code[i].text;
    if (!code[i].comment.empty())
      out << " ; " << code[i].comment;
    out << '\n';
  }
}

static void printRecord(llvm::raw_ostream &out, const Record &record,
                        Section::Shape shape) {
  llvm::StringRef before = shape == Section::Shape::Code ? "  ; " : "  ";
  llvm::StringRef between = shape == Section::Shape::Single ? "\n  " : "  ";
  llvm::StringRef lead = before;
  for (const Field &field : record.fields) {
    out << lead << field.key << ' ' << textOf(field);
    lead = between;
  }
  out << '\n';
  printCode(out, record.code);
}

void printRecords(llvm::raw_ostream &out, const Section &section) {
  for (const Record &record : section.records)
    printRecord(out, record, section.shape);
}

void printText(llvm::raw_ostream &out, llvm::ArrayRef<Section> sections) {
  for (const Section &section : sections) {
    if (section.records.empty())
      continue;
    out << section.name << ":\n";
    printRecords(out, section);
  }
}

static llvm::json::Value jsonOf(const Field &field) {
  if (const auto *bytes = std::get_if<Field::Bytes>(&field.value))
    return llvm::json::isUTF8(bytes->text)
               ? bytes->text
               : shown(bytes->text, 4 * bytes->text.size());
  if (const auto *word = std::get_if<Field::Word>(&field.value))
    return word->text;
  return std::get<uint64_t>(field.value);
}

static void printJsonRecord(llvm::json::OStream &json, const Record &record,
                            Section::Shape shape) {
  json.object([&] {
    for (const Field &field : record.fields)
      json.attribute(field.key, jsonOf(field));
    if (shape != Section::Shape::Code)
      return;
    json.attributeArray("instructions", [&] {
      for (const CodeLine &line : record.code)
        json.object([&] {
          json.attribute("text", line.text);
          json.attribute("comment", line.comment);
        });
    });
  });
}

static void printJsonSection(llvm::json::OStream &json,
                             const Section &section) {
  json.attributeBegin(section.name);
  if (section.shape == Section::Shape::Single) {
    printJsonRecord(json,
                    section.records.empty() ? Record() : section.records[0],
                    section.shape);
  } else {
    json.array([&] {
      for (const Record &record : section.records)
        printJsonRecord(json, record, section.shape);
    });
  }
  json.attributeEnd();
}

void printJson(llvm::raw_ostream &out, llvm::ArrayRef<Section> sections) {
  llvm::json::OStream json(out, /*IndentSize=*/2);
  json.object([&] {
    for (const Section &section : sections)
      printJsonSection(json, section);
  });
  out << '\n';
}

} // namespace srt::dump
