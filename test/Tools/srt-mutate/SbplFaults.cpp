// test/Tools/srt-mutate/SbplFaults.cpp: lines of a Seatbelt profile gone wrong.
// SPDX-License-Identifier: Apache-2.0
#include "test/Tools/srt-mutate/Faults.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace srt::mutate {

using Lines = llvm::SmallVector<llvm::StringRef, 0>;

/// Replaces `from` by `to`, in the first line that has `where` and `from`.
static TextFault replacing(std::string name, std::string where,
                           std::string from, std::string to) {
  return {std::move(name), [=](std::string &text) {
            for (size_t at = text.find(where); at != std::string::npos;
                 at = text.find(where, at + 1)) {
              size_t begin = text.rfind('\n', at) + 1;
              size_t found = text.find(from, begin);
              if (found == std::string::npos || found > text.find('\n', at))
                continue;
              text.replace(found, from.size(), to);
              return true;
            }
            return false;
          }};
}

/// Drops every line that has `where`.
static TextFault dropping(std::string name, std::string where) {
  return {std::move(name), [=](std::string &text) {
            Lines lines;
            llvm::StringRef(text).split(lines, '\n');
            size_t before = lines.size();
            llvm::erase_if(lines, [&](llvm::StringRef line) {
              return line.contains(where);
            });
            bool isChanged = lines.size() != before;
            std::string kept;
            for (llvm::StringRef line : lines)
              kept += line.str() + "\n";
            text = std::move(kept);
            return isChanged;
          }};
}

/// Puts the lines that begin with `late` before all others.
static TextFault reordering(std::string name, std::string late) {
  return {std::move(name), [=](std::string &text) {
            Lines lines;
            llvm::StringRef(text).split(lines, '\n');
            auto isLate = [&](llvm::StringRef line) {
              return line.starts_with(late);
            };
            auto middle = std::stable_partition(lines.begin(), lines.end(), isLate);
            bool isChanged = middle != lines.begin();
            std::string moved;
            for (llvm::StringRef line : lines)
              moved += line.str() + "\n";
            text = std::move(moved);
            return isChanged;
          }};
}

static TextFault appending(std::string name, std::string line) {
  return {std::move(name), [=](std::string &text) {
            text += line + "\n";
            return true;
          }};
}

static void addLost(std::vector<TextFault> &faults) {
  faults.push_back(dropping("lose-default-deny", "(deny default)"));
  faults.push_back(dropping("lose-denies-on-data", "(deny file-read-data"));
  faults.push_back(dropping("lose-denies-on-metadata", "(deny file-read-metadata"));
  faults.push_back(dropping("lose-denies-on-writes", "(deny file-write-data"));
  faults.push_back(dropping("lose-denies-on-programs", "(deny process-exec*"));
  faults.push_back(dropping("lose-denies-on-names", "(deny mach-lookup"));
  faults.push_back(dropping("lose-denies-on-ports", "(deny network-outbound"));
  faults.push_back(dropping("lose-pinned-places", "narrower: the place"));
  faults.push_back(dropping("lose-pinned-ancestors", "narrower: what leads there"));
  faults.push_back(dropping("lose-pins-above-params", "narrower: what leads to a param"));
  faults.push_back(dropping("lose-file-link", "'file-link)"));
  faults.push_back(dropping("lose-file-clone", "'file-clone)"));
  faults.push_back(dropping("lose-nvram", "(deny nvram"));
  faults.push_back(dropping("lose-quota", "(deny fs-quota*)"));
  faults.push_back(dropping("lose-listpids", "(deny process-info"));
  faults.push_back(dropping("lose-terminal", "TIOCSTI"));
  faults.push_back(dropping("lose-second-spelling", "/System/Volumes/Data"));
  faults.push_back(dropping("lose-grants", "(allow file-read-data"));
  faults.push_back(dropping("lose-version", "(version 1)"));
}

static void addReordered(std::vector<TextFault> &faults) {
  faults.push_back(reordering("denies-first", "(deny file-read-data"));
  faults.push_back(reordering("write-denies-first", "(deny file-write-data"));
  faults.push_back(reordering("pins-first", "(deny file-write-unlink"));
  faults.push_back(reordering("program-denies-first", "(deny process-exec*"));
}

static void addSwapped(std::vector<TextFault> &faults) {
  faults.push_back(replacing("allow-default", "(deny default)", "deny", "allow"));
  faults.push_back(replacing("deny-becomes-allow", "(deny file-read-data", "(deny", "(allow"));
  faults.push_back(replacing("allow-becomes-deny", "(allow file-write-data", "(allow", "(deny"));
  faults.push_back(replacing("not-becomes-any", "require-not", "require-not", "require-any"));
  faults.push_back(replacing("all-becomes-any", "require-all", "require-all", "require-any"));
  faults.push_back(replacing("write-becomes-family", "(allow file-write-data", "file-write-data", "file-write*"));
  faults.push_back(replacing("unguarded", "(if (defined? 'fs-quota*) ", "(if (defined? 'fs-quota*) (deny fs-quota*))", "(deny fs-quota*)"));
  faults.push_back(replacing("guard-of-another", "(if (defined? 'fs-quota*) ", "'fs-quota*", "'fs-quotas"));
}

static void addWidened(std::vector<TextFault> &faults) {
  faults.push_back(replacing("regex-unanchored", "(allow file-read-data", "\"^", "\""));
  faults.push_back(replacing("regex-open-end", "(allow file-read-data", "(/.*)?$\"", "\""));
  faults.push_back(replacing("regex-dot-unquoted", "(allow file-read-data", "\\\\.", "."));
  faults.push_back(replacing("regex-over-slash", "(allow file-read-data", "[^/]*", ".*"));
  faults.push_back(replacing("deny-regex-narrower", "(deny file-read-data", "(/.*)?$\"", "$\""));
  faults.push_back(replacing("deny-misspelt", "(deny file-read-data", "/.ssh", "/.ssx"));
  faults.push_back(replacing("one-up", "(allow file-read-data", "\"/opt/tool/share\"", "\"/opt/tool\""));
  faults.push_back(replacing("wrong-param", "(deny file-read-data", "P_home", "P_project"));
  faults.push_back(replacing("wrong-param-for-grant", "(allow file-write-data", "P_project", "P_home"));
  faults.push_back(replacing("unknown-param", "(allow file-write-data", "P_project", "P_projekt"));
  faults.push_back(replacing("other-port", "network-outbound", "*:443", "*:444"));
  faults.push_back(replacing("any-port", "network-outbound", "*:443", "*:*"));
  faults.push_back(replacing("any-host", "network-bind", "localhost:", "*:"));
  faults.push_back(replacing("both-families", "network-bind", "tcp4", "tcp"));
  faults.push_back(replacing("other-protocol", "network-outbound", "remote tcp", "remote udp"));
  faults.push_back(replacing("local-for-remote", "network-outbound", "remote tcp", "local tcp"));
  faults.push_back(replacing("other-processes", "(allow signal", "same-sandbox", "others"));
  faults.push_back(replacing("name-prefix", "(allow mach-lookup", "global-name ", "global-name-prefix "));
  faults.push_back(appending("everything-at-the-end", "(allow mach-lookup)"));
  faults.push_back(appending("secret-at-the-end", "(allow file-read-data (literal (string-append (param \"P_home\") \"/.ssh\")))"));
  faults.push_back(appending("link-at-the-end", "(allow file-link (subpath \"/opt\"))"));
  faults.push_back(appending("debug-at-the-end", "(allow system-debug)"));
}

std::vector<TextFault> sbplFaults() {
  std::vector<TextFault> faults;
  addLost(faults);
  addReordered(faults);
  addSwapped(faults);
  addWidened(faults);
  return faults;
}

} // namespace srt::mutate
