// fuzz/VerdictTables.cpp: rows of verdict tables, and events as text.
// SPDX-License-Identifier: Apache-2.0
#include "fuzz/Target.h"
#include "lib/Sim/EventText.h"
#include "lib/Sim/VerdictTable.h"

using namespace srt;

static std::optional<sim::VerdictTable> tableIn(llvm::StringRef text) {
  Sources sources;
  DiagnosticEngine diags;
  FileId file = sources.add("fuzz.verdict", text.str());
  auto table = sim::readTable(sources, file, diags);
  fuzz::require(table || diags.errors() != 0, "refused without a reason");
  return table;
}

/// A row that is written from an event is read as that event.
static void checkRow(const sim::VerdictRow &row) {
  std::string text = sim::eventText(row.event);
  auto again = tableIn("---\nallow " + text + "\n");
  fuzz::require(again && again->rows.size() == 1 &&
                    sim::eventText(again->rows[0].event) == text,
                "the row of an event reads otherwise: " + text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (auto table = tableIn(fuzz::textOf(data, size)))
    for (const sim::VerdictRow &row : table->rows)
      checkRow(row);
  return 0;
}
