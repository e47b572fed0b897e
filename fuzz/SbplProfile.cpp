// fuzz/SbplProfile.cpp: Seatbelt profiles, judged in two ways.
// SPDX-License-Identifier: Apache-2.0
//
// The verifier follows all filters on paths as one automaton; requests are
// judged filter by filter. Both must permit the same operations.
#include "fuzz/Target.h"
#include "lib/Sim/SbplWords.h"

using namespace srt;

/// More than some hundred states for each filter tell nothing new.
static constexpr size_t kMaxText = 2048;

static constexpr const char *kPaths[] = {
    "/x", "/a", "/a/b", "/tmp/x", "/usr/bin/sh", "/a/b.c", "/private/var/a"};

static uint32_t answerFor(sim::SbplWords &words, llvm::StringRef path) {
  uint32_t state = sim::SbplWords::kStart;
  for (char byte : path)
    state = words.row(state)[words.byteClasses()[uint8_t(byte)]];
  return words.answers(state);
}

static void checkPath(const sim::SbplProfile &profile, sim::SbplWords &words,
                      const char *path) {
  sim::SbplRequest request;
  request.path = path;
  uint32_t answer = answerFor(words, path);
  auto known = [&](uint32_t filter) { return words.holds(answer, 0, filter); };
  const sim::SbplFilters &filters = profile.filterTable();
  for (sim::VnodeType vnode : sim::vnodeTypesIn(filters)) {
    request.vnode = vnode;
    fuzz::require(profile.permitted(matchFilters(filters, request)) ==
                      profile.permitted(matchFilters(filters, request, known)),
                  llvm::StringRef("two opinions on a path"));
  }
}

static void check(llvm::StringRef text, sim::SbplVocabulary vocabulary) {
  std::string why;
  auto profile = sim::readSbpl(text, {{"HOME", "/a"}}, vocabulary, why);
  fuzz::require(profile || !why.empty(), "refused without a reason");
  if (!profile)
    return;
  sim::SbplWords words(*profile, sim::SbplText::Paths);
  for (const char *path : kPaths)
    checkPath(*profile, words, path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::StringRef text = fuzz::textOf(data, size);
  if (size > kMaxText)
    return 0;
  check(text, sim::SbplVocabulary::MacOs10);
  check(text, sim::SbplVocabulary::MacOs14);
  return 0;
}
