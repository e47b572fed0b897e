// tools/srt-more/RunLog.h: the logs of denials of all projects.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a line that is damaged is passed over, wherever a log was cut.
#ifndef SRT_TOOLS_SRT_MORE_RUN_LOG_H
#define SRT_TOOLS_SRT_MORE_RUN_LOG_H

#include "tools/srt/Places.h"

#include "llvm/Support/JSON.h"

#include <map>
#include <string>
#include <vector>

namespace srt::command {

/// A line of a log with what belongs to it.
struct LogLine {
  double time = 0;          // seconds since 1970
  llvm::json::Object object; // as it stands there
  llvm::json::Object run;    // the header of its run; empty if that is gone
};

/// Reads the lines of one log in their order.
class LogReader {
public:
  /// Takes some more bytes; what follows the last newline waits for the rest.
  void take(llvm::StringRef bytes, std::vector<LogLine> &out);

private:
  void takeLine(llvm::StringRef line, std::vector<LogLine> &out);

  std::string rest;
  std::map<std::string, llvm::json::Object> headers; // by id
};

/// The logs of all projects, older ones before those that replaced them.
std::vector<std::string> logFiles(const Places &places);

} // namespace srt::command

#endif
