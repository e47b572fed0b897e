// lib/Report/Sections.h: the parts of a report, in the order of the page.
// SPDX-License-Identifier: Apache-2.0
//
// Each writes what stands beneath its heading.
#ifndef SRT_LIB_REPORT_SECTIONS_H
#define SRT_LIB_REPORT_SECTIONS_H

#include "lib/Report/Page.h"

namespace srt::report {

/// Name, target, what becomes of the whole, and the numbers.
void writeHead(Page &page);
/// What may be read, written, run and so on, in the policy's own patterns.
void writeGlance(Page &page);
/// What the policy decides otherwise than the older one.
/// Requires: there is an older one.
void writeDifference(Page &page);
/// What reading, checking and planning found.
void writeFindings(Page &page);
/// The tree of paths.
void writeFiles(Page &page);
/// Programs by name, and commands with arguments.
void writePrograms(Page &page);
/// Endpoints: who may be talked to, and who may talk.
void writeNetwork(Page &page);
/// System calls, other processes, and services of macOS.
void writeCalls(Page &page);
/// Environment and limits.
void writeSettings(Page &page);
/// Every rule with its mechanism, exactness, least kernel, cost and place.
void writeRules(Page &page);
/// Rules by targets.
void writeTargets(Page &page);
/// What the kernel is told.
void writePlan(Page &page);
/// The sources, by line.
void writeSources(Page &page);

} // namespace srt::report

#endif
