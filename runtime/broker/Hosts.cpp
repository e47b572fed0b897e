// runtime/broker/Hosts.cpp: names that /etc/hosts gives addresses.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: read once, before the command runs, up to a size; only names that
// rules speak of are remembered. Programs read the file by themselves and ask
// nobody, so without this they would come with addresses of no name.
#include "Network.h"
#include "runtime/network/Dns.h"

namespace srt::broker {

static constexpr unsigned kMaxKept = 512; // half of the table

static bool isBlank(char byte) { return byte == ' ' || byte == '\t'; }

/// Takes the next word off a line.
static Text nextWord(Text &line) {
  while (line.size != 0 && isBlank(line.data[0]))
    line = line.suffix(1);
  uint64_t size = 0;
  while (size < line.size && !isBlank(line.data[size]))
    ++size;
  Text word = line.prefix(size);
  line = line.suffix(size);
  return word;
}

/// A name as rules have it; false if it is too long.
static bool lower(Text word, char *name) {
  if (word.size == 0 || word.size > network::kMaxName)
    return false;
  for (uint64_t i = 0; i < word.size; ++i) {
    char byte = word.data[i];
    name[i] = byte >= 'A' && byte <= 'Z' ? char(byte + 32) : byte;
  }
  return true;
}

static unsigned takeLine(const srt_view &view, Text line) {
  line = line.prefix(load::find(line, '#'));
  Text spelled = nextWord(line);
  Address address;
  unsigned kept = 0;
  if (!network::read(spelled.data, unsigned(spelled.size), address))
    return 0;
  for (Text word = nextWord(line); word.size != 0; word = nextWord(line)) {
    char name[network::kMaxName];
    if (!lower(word, name) || !isNamed(view, {name, word.size}))
      continue;
    remember(address, {name, word.size}, 0);
    ++kept;
  }
  return kept;
}

void rememberHosts(const srt_view &view) {
  static char bytes[1 << 18];
  Handle file(sys::open("/etc/hosts", O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  uint64_t size = 0;
  long got;
  while (file.number() >= 0 && size < sizeof bytes &&
         (got = sys::read(file.number(), bytes + size, sizeof bytes - size)) >
             0)
    size += uint64_t(got);
  Text rest(bytes, size);
  for (unsigned kept = 0; rest.size != 0 && kept < kMaxKept;) {
    uint64_t end = load::find(rest, '\n');
    kept += takeLine(view, rest.prefix(end));
    rest = rest.suffix(end == rest.size ? end : end + 1);
  }
}

} // namespace srt::broker
