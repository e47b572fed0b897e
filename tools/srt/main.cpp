// tools/srt/main.cpp: srt CMD, the way that is taken a hundred times a day.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: becomes srt-load with a bundle that holds, or srt-more, which
// does whatever takes longer: compile, explain, complain about options.
#include "tools/srt/Asker.h"
#include "tools/srt/Start.h"

#include <cerrno>
#include <cstring>
#include <unistd.h>

using namespace srt::command;

/// Hands the command line over as it is. `places` may be all empty.
static int handOver(int argc, char **argv, const Places &places) {
  std::vector<std::string> command(argv, argv + argc);
  std::string program = places.programs + "/srt-more";
  if (command.empty())
    command.emplace_back();
  // srt-more must see under which name srt was called: srt-sh is a shell.
  std::vector<char *> words;
  for (std::string &word : command)
    words.push_back(word.data());
  words.push_back(nullptr);
  execv(program.c_str(), words.data());
  complain("cannot run `" + program + "`: " + std::strerror(errno),
           "it is installed beside srt");
  return kRefused;
}

int main(int argc, char **argv) {
  Request request = readRequest(argc, argv);
  Places places = findPlaces();
  bool isCommand = request.road == Road::Run || request.road == Road::Shell;
  if (!isCommand || request.explainsDenials)
    return handOver(argc, argv, places);
  Found found = discover(request, places);
  if (!found.problem.empty()) {
    complain(found.problem, found.hint);
    return kRefused;
  }
  std::string key = keyOf(request, found, places);
  Entry entry = findEntry(key, request, found, places);
  if (entry.path.empty())
    return handOver(argc, argv, places);
  prepareEnvironment(request, found, places, entry.hasBroker);
  if (entry.isAsking)
    startAsker(request, found, places);
  become(loaderCommand(entry.path, request, places));
  complain("cannot run `" + places.programs +
           "/srt-load`: " + std::strerror(errno));
  return kRefused;
}
