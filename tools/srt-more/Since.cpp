// tools/srt-more/Since.cpp: reads and shows times.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Since.h"

#include <ctime>

namespace srt::command {

static std::optional<double> readAgo(llvm::StringRef text, double now) {
  unsigned long long count = 0;
  if (text.consumeInteger(10, count) || text.size() != 1 || count > 1u << 30)
    return std::nullopt;
  switch (text[0]) {
  case 's':
    return now - double(count);
  case 'm':
    return now - 60.0 * double(count);
  case 'h':
    return now - 3600.0 * double(count);
  case 'd':
    return now - 86400.0 * double(count);
  }
  return std::nullopt;
}

static std::optional<double> readDate(const std::string &text) {
  for (const char *format : {"%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S",
                             "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"}) {
    std::tm parts = {};
    const char *end = strptime(text.c_str(), format, &parts);
    if (!end || *end != 0)
      continue;
    parts.tm_isdst = -1; // whatever holds there at that time
    std::time_t time = std::mktime(&parts);
    if (time != -1)
      return double(time);
  }
  return std::nullopt;
}

std::optional<double> readSince(llvm::StringRef text, double now) {
  unsigned long long seconds = 0;
  if (text.starts_with("@"))
    return text.drop_front().getAsInteger(10, seconds)
               ? std::nullopt
               : std::optional(double(seconds));
  if (std::optional<double> ago = readAgo(text, now))
    return ago;
  return readDate(text.str());
}

std::string localTime(double time) {
  auto seconds = std::time_t(time);
  std::tm parts = {};
  char text[32];
  localtime_r(&seconds, &parts);
  return std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts) ? text : "?";
}

} // namespace srt::command
