// tools/srt/Start.cpp: starts the loader.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Start.h"

#include "tools/srt/Denials.h"
#include "tools/srt/Running.h"

#include <cstdlib>
#include <unistd.h>

namespace srt::command {

std::vector<std::string> loaderCommand(const std::string &bundle,
                                       const Request &request,
                                       const Places &places) {
  std::vector<std::string> command = {places.programs + "/srt-load", bundle,
                                      "--"};
  if (request.road == Road::Shell)
    command.push_back(shellProgram());
  command.insert(command.end(), request.words.begin(), request.words.end());
  return command;
}

void prepareEnvironment(const Request &request, const Found &found,
                        const Places &places, bool hasBroker) {
  // The caller's own: it may come from another project.
  unsetenv("SRT_PROJECT");
  if (found.project != found.cwd)
    setenv("SRT_PROJECT", found.project.c_str(), /*overwrite=*/1);
  unsetenv("SRT_RUN");
  RunId id = ownRunId();
  std::string header = runHeader(request, found, places, id);
  (void)noteRunning(header, places, id); // `srt ps` says where it cannot be
  if (!hasBroker || getenv("SRT_DENIALS"))
    return;
  std::string log = openLog(header, found, places);
  if (log.empty())
    return;
  setenv("SRT_DENIALS", log.c_str(), /*overwrite=*/1);
  setenv("SRT_RUN", id.text().c_str(), /*overwrite=*/1);
}

void become(const std::vector<std::string> &command) {
  std::vector<char *> argv;
  for (const std::string &word : command)
    argv.push_back(const_cast<char *>(word.c_str()));
  argv.push_back(nullptr);
  execv(argv[0], argv.data());
}

static void put(std::string &line, const std::string &text) {
  for (char c : text)
    line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
}

void complain(const std::string &what, const std::string &hint) {
  std::string line = "srt: ";
  put(line, what);
  line += '\n';
  if (!hint.empty()) {
    line += "  hint: ";
    put(line, hint);
    line += '\n';
  }
  ssize_t written = write(STDERR_FILENO, line.data(), line.size());
  (void)written; // nobody left to tell
}

} // namespace srt::command
