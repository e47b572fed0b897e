// tools/srt-more/Verb.h: what srt does beside running a command at once.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_VERB_H
#define SRT_TOOLS_SRT_MORE_VERB_H

#include "tools/srt-more/Compile.h"

#include <CLI/CLI.hpp>

namespace srt::command {

/// Compiles, keeps and starts: `srt CMD` where the cache has no bundle, and
/// `--explain-denials`.
int runCommand(const Job &job);

/// One function for each verb, given the words behind it. They return the exit
/// status and throw CLI::ParseError.
int runTrust(const Job &job);
int runInit(const Job &job);
int runDoctor(const Job &job);
int runWhy(const Job &job);
int runPs(const Job &job);
int runLog(const Job &job);
int runApprove(const Job &job);
int runImportVerb(const Job &job);
int runHook(const Job &job);
int runLearn(const Job &job);
int runAnswers(const Job &job);

/// Asker.cpp: `srt-more --asker FD FILE POLICY PROJECT CMD...`, which srt starts where
/// a policy asks: answers the questions that come on a socket, from what was
/// answered with "always" (Answers.h) and else by asking at the terminal. False if
/// these words are something else.
bool runAsker(int argc, char **argv);

/// Reads the words of a verb with its declared options. Throws CLI::ParseError,
/// with a suggestion for an option that is nearly one.
void parseWords(CLI::App &app, const Job &job);

/// Looks for the policy; prints why there is none that may be used.
bool findPolicy(Job &job);

/// `srt help`, and what an option or a missing command deserves.
int showHelp(const Job &job);
int explainUsage(const Request &request);

} // namespace srt::command

#endif
