/* runtime/bundle/bundle.h: the bundle file (.srtb), shared by compiler and runtime.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Guarantees: every field has a fixed width, every structure a fixed size, and
 * nothing but integers is included. The compiler writes these bytes
 * (lib/Backend/BundleWriter.cpp), runtime/bundle/check.cpp accepts or refuses
 * them, and only accepted bytes are ever acted upon.
 *
 *   srt_header | srt_section[section_count] | section bytes ...
 *
 * All integers are little-endian. Sections stand in the file in the order of
 * their kinds, each kind at most once, each at an offset that is a multiple of
 * 8, without overlap. Gaps (at most 7 bytes each) are zero. An unknown kind,
 * version or flag makes the whole file unacceptable: old loaders refuse new
 * bundles instead of applying the half they understand.
 */
#ifndef SRT_RUNTIME_BUNDLE_BUNDLE_H
#define SRT_RUNTIME_BUNDLE_BUNDLE_H

#include <stdint.h>

#ifdef __cplusplus
#define SRT_ASSERT_SIZE(name, size) static_assert(sizeof(struct name) == (size))
#else
#define SRT_ASSERT_SIZE(name, size) \
  _Static_assert(sizeof(struct name) == (size), #name " has changed its size")
#endif

#define SRT_MAGIC 0x42545253u /* "SRTB" read as a little-endian word */
#define SRT_VERSION 1u
#define SRT_NONE 0xffffffffu /* "no index" wherever an index may be absent */

/* Bounds. A file that exceeds one is refused before anything is read from it. */
#define SRT_MAX_FILE (16u << 20) /* bytes */
#define SRT_MAX_RECORDS 65536u   /* records in any one section */
#define SRT_MAX_STRING 4096u     /* bytes with the NUL: PATH_MAX, include/uapi/linux/limits.h */
#define SRT_MAX_INSNS 4096u      /* BPF_MAXINSNS, include/uapi/linux/bpf_common.h */

/* srt_header.target_os */
#define SRT_OS_LINUX 1u

/* srt_header.flags */
#define SRT_FLAG_KEYS_CLOSED 1u /* the filter denies keyctl, add_key and request_key, so a
                                   missing session keyring is no leak */
#define SRT_FLAG_LOG_DENIALS 2u /* the kernel's audit log shows what Landlock denies to the
                                   command (LANDLOCK_RESTRICT_SELF_LOG_NEW_EXEC_ON): needs a
                                   ruleset and landlock_abi 7. Without it, as by default in the
                                   kernel, nothing behind the first exec is logged */
#define SRT_FLAGS_KNOWN 3u

enum srt_kind {
  SRT_STRINGS = 1,    /* bytes; every string, "" too, is followed by a NUL, so the last byte is one */
  SRT_INFO = 2,       /* one srt_info */
  SRT_SOURCES = 3,    /* srt_source */
  SRT_PARAMS = 4,     /* srt_param */
  SRT_RULESET = 5,    /* one srt_ruleset; absent: no Landlock layer */
  SRT_ROOTS = 6,      /* srt_root */
  SRT_COMMANDS = 7,   /* srt_command */
  SRT_PORTS = 8,      /* srt_port */
  SRT_PROGRAMS = 9,   /* srt_program */
  SRT_FILTERS = 10,   /* bytes of struct sock_filter, 8 each */
  SRT_ENV = 11,       /* srt_env */
  SRT_LIMITS = 12,    /* srt_limit */
  SRT_FORBIDDEN = 13, /* srt_forbidden */
  SRT_RULES = 14,     /* srt_rule; index = rule number used by every `rule` field */
  SRT_ACCEPTED = 15,  /* srt_accepted */
  SRT_MEDIATION = 16, /* one srt_mediation; absent: no broker, and none of the following */
  SRT_ANCHORS = 17,   /* srt_anchor */
  SRT_ROWS = 18,      /* srt_row: the states of the automaton, at least one */
  SRT_MOVES = 19,     /* uint32_t: class << 24 | row, ascending in a row */
  SRT_LABELS = 20,    /* srt_label, at least one; the first is all zero */
  SRT_HALVES = 21,    /* uint32_t: indices into SRT_PAIRS, for labels */
  SRT_PAIRS = 22,     /* srt_pair */
  SRT_NETWORK = 23,   /* one srt_network; absent: the broker judges no sockets */
  SRT_ENDPOINTS = 24, /* srt_endpoint */
  SRT_HOW = 25        /* srt_how; index = rule number. For people: nothing acts on it */
};
#define SRT_KINDS 25u

struct srt_header {
  uint32_t magic;
  uint16_t version;
  uint16_t header_size; /* sizeof(struct srt_header) */
  uint64_t total_size;  /* bytes of the whole file */
  uint8_t digest[32];   /* SHA-256 (FIPS 180-4) over the file with this field zero */
  uint32_t target_os;
  uint32_t landlock_abi; /* least ABI that enforces this bundle; 0: none needed */
  uint32_t flags;
  uint32_t section_count;
};
SRT_ASSERT_SIZE(srt_header, 64);

struct srt_section {
  uint32_t kind;   /* enum srt_kind, strictly ascending in the table */
  uint32_t count;  /* records; for SRT_STRINGS and SRT_FILTERS the size in bytes */
  uint64_t offset; /* bytes from the start of the file, multiple of 8 */
  uint64_t size;   /* bytes: count * record size */
};
SRT_ASSERT_SIZE(srt_section, 24);

/* `size` bytes at `offset` in SRT_STRINGS, without a NUL inside and with one
 * behind. size < SRT_MAX_STRING. */
struct srt_string {
  uint32_t offset;
  uint32_t size;
};
SRT_ASSERT_SIZE(srt_string, 8);

struct srt_info {
  struct srt_string compiler; /* "srtc 0.1.0" */
  struct srt_string policy;   /* name of the policy */
  struct srt_string target;   /* "linux-6.12" */
};
SRT_ASSERT_SIZE(srt_info, 24);

struct srt_source {
  struct srt_string path; /* as given to the compiler */
  uint8_t digest[32];     /* SHA-256 of its bytes */
};
SRT_ASSERT_SIZE(srt_source, 40);

/* srt_param.kind: where the value comes from when the sandbox starts. */
#define SRT_PARAM_CWD 1u     /* getcwd(2) of the loader; value is empty */
#define SRT_PARAM_ENV 2u     /* value names an environment variable of the caller */
#define SRT_PARAM_LITERAL 3u /* value is an absolute path */

struct srt_param {
  struct srt_string name;
  struct srt_string value;
  uint32_t kind;
  uint32_t reserved; /* 0 */
};
SRT_ASSERT_SIZE(srt_param, 24);

/* struct landlock_ruleset_attr, include/uapi/linux/landlock.h. Every `rights`
 * of a root, command or forbidden record is a subset of handled_fs, of a port of
 * handled_net, and never 0. Not all three fields are 0; landlock_abi is not 0. */
struct srt_ruleset {
  uint64_t handled_fs;
  uint64_t handled_net;
  uint64_t scoped;
};
SRT_ASSERT_SIZE(srt_ruleset, 24);

/* A place in the file tree. base == SRT_NONE: `path` is absolute. Otherwise
 * base indexes SRT_PARAMS and `path` is relative to its value ("" = itself).
 * No empty, "." or ".." component, no doubled or trailing slash (but "/"). */
struct srt_place {
  uint32_t base;
  uint32_t rule; /* index into SRT_RULES: the rule it came from */
  struct srt_string path;
};
SRT_ASSERT_SIZE(srt_place, 16);

/* A Landlock path_beneath rule. A place that does not exist is skipped (which
 * narrows). If `beneath` is not SRT_NONE it is the index of an earlier root
 * that is writable by the sandbox, has the same `place.base` and contains this
 * place without being it: the loader then resolves without leaving that root,
 * so that a link planted by an earlier run cannot lead the grant elsewhere. */
struct srt_root {
  struct srt_place place;
  uint64_t rights; /* never 0 */
  uint32_t beneath;
  uint32_t reserved; /* 0 */
};
SRT_ASSERT_SIZE(srt_root, 32);

/* A bare command name: every hit on PATH gets `rights` on the file itself. Left
 * out, which narrows, is a hit that an earlier run may have chosen: one in a
 * root with write-file, make-reg, make-dir, make-sym or refer, one that PATH or
 * a link reaches through such a root, and one that is such a root itself. */
struct srt_command {
  struct srt_string name; /* no '/' inside; not "", "." or ".." */
  uint64_t rights;
  uint32_t rule;
  uint32_t reserved; /* 0 */
};
SRT_ASSERT_SIZE(srt_command, 24);

struct srt_port {
  uint64_t rights;
  uint32_t port; /* 0..65535, host byte order as Landlock wants it */
  uint32_t rule;
};
SRT_ASSERT_SIZE(srt_port, 16);

/* One program for one AUDIT_ARCH_*: `count` sock_filter records at `offset` in
 * SRT_FILTERS. 1 <= count <= SRT_MAX_INSNS. Archs are distinct. */
struct srt_program {
  uint32_t arch;
  uint32_t count;
  uint64_t offset; /* bytes from the start of SRT_FILTERS, multiple of 8 */
};
SRT_ASSERT_SIZE(srt_program, 16);

/* srt_env.kind. `unset` beats `set` beats `pass`; a variable that nothing
 * names is dropped. Of two `set` with one name the first counts. A name is not
 * empty and has no '='; '*' stands only at the end, and not for `set`. */
#define SRT_ENV_PASS 1u  /* name may end in '*': any variable with that prefix */
#define SRT_ENV_SET 2u   /* name=value, whatever the caller has */
#define SRT_ENV_UNSET 3u /* name as for pass */

struct srt_env {
  struct srt_string name;
  struct srt_string value; /* empty but for SRT_ENV_SET */
  uint32_t kind;
  uint32_t rule;
};
SRT_ASSERT_SIZE(srt_env, 24);

struct srt_limit {
  uint32_t resource; /* RLIMIT_* number below RLIM_NLIMITS (16), asm-generic/resource.h */
  uint32_t rule;
  uint64_t value; /* soft and hard limit alike */
};
SRT_ASSERT_SIZE(srt_limit, 16);

/* A denied place that the compiler could not compare with every root, because
 * a param or a PATH look-up stands between them. Landlock cannot subtract, so
 * the loader refuses to start if the place and a root that shares a right are
 * equal or nested. The hit of a command in a denied place is left out instead;
 * if it is itself a denied command, the start is refused. For a denied command
 * every hit counts, whoever may have put it there. */
#define SRT_FORBID_PLACE 1u   /* `place` */
#define SRT_FORBID_COMMAND 2u /* place.path is a bare command name, every hit on PATH;
                                 place.base is SRT_NONE */
struct srt_forbidden {
  struct srt_place place;
  uint64_t rights;
  uint32_t kind;
  uint32_t reserved; /* 0 */
};
SRT_ASSERT_SIZE(srt_forbidden, 32);

/* Where a rule was written, for messages. */
struct srt_rule {
  struct srt_string file;
  struct srt_string text; /* "allow read" and the like; may be empty */
  uint32_t line;          /* 1-based; 0: implied by the policy as a whole */
  uint32_t column;        /* 1-based, bytes */
};
SRT_ASSERT_SIZE(srt_rule, 24);

/* How a rule is enforced, as the plan says. As many as there are rules, or none:
 * statements that are no rules (env, limit) stand behind them in SRT_RULES. */
#define SRT_BY_LANDLOCK 1u
#define SRT_BY_SECCOMP 2u
#define SRT_BY_BROKER 4u
#define SRT_BY_LOADER 8u
#define SRT_BY_NOTHING 16u /* it means something on another system only */
#define SRT_BY_KNOWN 31u
#define SRT_EXACT 1u
#define SRT_NARROWER 2u
#define SRT_WIDER 3u
#define SRT_COST_NONE 0u /* the classes of docs/Enforcement.md */
#define SRT_COST_CALL 1u
#define SRT_COST_OPEN 2u
#define SRT_COST_CONNECT 3u
#define SRT_COST_BROKER 4u
struct srt_how {
  uint8_t mechanisms; /* SRT_BY_*; 0: implied by what carries other rules */
  uint8_t exactness;  /* SRT_EXACT, SRT_NARROWER, SRT_WIDER */
  uint8_t cost;       /* SRT_COST_* */
  uint8_t reserved;   /* 0 */
  uint16_t major, minor; /* the least Linux that has the mechanisms; 0.0: any */
};
SRT_ASSERT_SIZE(srt_how, 8);

/* One --accept-wider: the rule that is not fully enforced, and what that opens. */
struct srt_accepted {
  struct srt_string what;
  uint32_t rule;
  uint32_t reserved; /* 0 */
};
SRT_ASSERT_SIZE(srt_accepted, 16);

/* ---- What the broker needs ------------------------------------------------
 *
 * Where the kernel cannot say what the policy says, the filter of a program
 * returns SECCOMP_RET_USER_NOTIF, and the broker decides on the object that the
 * call reaches and performs the call itself. It decides on canonical paths,
 * here written as words: "" for the root directory, else "/a/b".
 *
 * Each action that a path can be subject to is a bit. */
#define SRT_ACT_READ_DATA (1u << 0)
#define SRT_ACT_READ_LIST (1u << 1)
#define SRT_ACT_READ_METADATA (1u << 2)
#define SRT_ACT_WRITE_DATA (1u << 3)
#define SRT_ACT_WRITE_CREATE (1u << 4)
#define SRT_ACT_WRITE_DELETE (1u << 5)
#define SRT_ACT_WRITE_RENAME (1u << 6)
#define SRT_ACT_WRITE_LINK (1u << 7)
#define SRT_ACT_WRITE_METADATA (1u << 8)
#define SRT_ACT_WRITE_SPECIAL (1u << 9)
#define SRT_ACT_IOCTL (1u << 10)
#define SRT_ACT_EXEC (1u << 11) /* of a path and its arguments, each with a NUL before it */
#define SRT_ACT_CONNECT (1u << 12) /* these three of a unix socket at a path */
#define SRT_ACT_BIND (1u << 13)
#define SRT_ACT_SEND (1u << 14)
#define SRT_ACTS_KNOWN ((1u << 15) - 1)

/* Classes of bytes in the automaton; a class has 8 bits in a move. */
#define SRT_MAX_ROWS (1u << 24)
#define SRT_MAX_PAIRS 4096u /* the broker keeps a bit for each while it decides */

struct srt_mediation {
  uint32_t actions; /* SRT_ACT_*: the broker sees every call that takes one of them.
                       Not 0, unless there is an srt_network */
  uint32_t reserved; /* 0 */
  /* Landlock rights that are only ever used by calls the broker sees. A root
   * that does not exist at the start may be granted, with these of its rights,
   * on the nearest directory above it that does: the broker judges by path. */
  uint64_t rights;
  uint8_t classes[256]; /* class of each byte */
};
SRT_ASSERT_SIZE(srt_mediation, 272);

/* A literal place, and the state of the automaton with which to go on from it.
 * A path is judged by every anchor that is the path itself or lies above it:
 * start at `row`, step over the bytes of the path behind the anchor, each of
 * its components with the slash before it. Union of the labels reached.
 * Links in the place are resolved when the sandbox starts; what does not exist
 * is taken as spelled. Places are distinct.
 * An anchor may also be a bare command name: then it stands for every hit on
 * PATH, links resolved. */
#define SRT_ANCHOR_PLACE 0u
#define SRT_ANCHOR_COMMAND 1u /* place.path is the name; place.base is SRT_NONE */
struct srt_anchor {
  struct srt_place place; /* place.rule is SRT_NONE */
  uint32_t row;
  uint32_t kind;
};
SRT_ASSERT_SIZE(srt_anchor, 24);

/* A state. On a byte of class c: the row of the move with that class among
 * SRT_MOVES[first_move .. first_move of the next row), else `otherwise`. Row 0
 * leads only to itself and has label 0. */
struct srt_row {
  uint32_t first_move; /* not descending; at most the number of moves */
  uint32_t otherwise;
  uint32_t label;
};
SRT_ASSERT_SIZE(srt_row, 12);

/* What a state says of a path that ends here. Patterns and excepts are
 * `pattern_count` and then `except_count` indices in SRT_HALVES from
 * `first_half` on, ascending in each of the two. */
struct srt_label {
  uint32_t allowed, asked, denied; /* SRT_ACT_* of rules that matched as a whole */
  uint32_t first_half;
  uint32_t pattern_count, except_count;
};
SRT_ASSERT_SIZE(srt_label, 24);

/* A rule whose match the broker puts together, or reports by name: it matches
 * if some label reached has it among its patterns and none has it among its
 * excepts. Deny beats ask beats allow; what nothing allows is denied. */
#define SRT_EFFECT_ALLOW 1u
#define SRT_EFFECT_ASK 2u
#define SRT_EFFECT_DENY 3u
struct srt_pair {
  uint32_t effect;
  uint32_t actions; /* SRT_ACT_*, not 0 */
  uint32_t rule;    /* index into SRT_RULES */
  uint32_t reserved; /* 0 */
};
SRT_ASSERT_SIZE(srt_pair, 16);

/* ---- The network ----------------------------------------------------------
 *
 * With an srt_network the broker sees every connect(2), bind(2), listen(2),
 * sendto(2) with an address, sendmsg(2) and sendmmsg(2) that the filter does
 * not refuse, and judges those of TCP and UDP by SRT_ENDPOINTS. Landlock then
 * handles no port. */
#define SRT_NETWORK_NAMES 1u /* it answers DNS questions, for the names that some allowing
                                endpoint matches on some port; recvfrom(2) with an address,
                                recvmsg(2) and getpeername(2) come to it too */
#define SRT_NETWORK_UNIX 2u  /* it judges unix sockets: at a path by SRT_ACT_*, an abstract name
                                by SRT_ENDPOINTS; else filter and Landlock have said it all */
#define SRT_NETWORK_FLAGS 3u
struct srt_network {
  uint32_t flags;    /* SRT_NETWORK_* */
  uint32_t reserved; /* 0 */
};
SRT_ASSERT_SIZE(srt_network, 8);

/* srt_endpoint.actions */
#define SRT_NET_CONNECT 1u
#define SRT_NET_BIND 2u
#define SRT_NET_SEND 4u
#define SRT_NET_KNOWN 7u

#define SRT_TRANSPORT_TCP 1u
#define SRT_TRANSPORT_UDP 2u
#define SRT_TRANSPORT_UNIX 3u

/* srt_endpoint.host. Names are in lower case, without a dot at the end. */
#define SRT_HOST_ANY 1u
#define SRT_HOST_NAME 2u     /* `name` itself */
#define SRT_HOST_SUFFIX 3u   /* one label or more, a dot, and `name` */
#define SRT_HOST_ADDRESS 4u  /* the first `prefix` bits are those of `address` */
#define SRT_HOST_ABSTRACT 5u /* unix only: the abstract name `name` */
#define SRT_HOST_ABSTRACT_PREFIX 6u /* unix only: those that begin with `name` */

#define SRT_MAX_ENDPOINTS 8192u

/* One pattern of a rule, or one of its excepts, on one range of ports. Records
 * are ascending by rule; the excepts of a rule stand behind its patterns, of
 * which there is at least one. All records of a rule have its effect and its
 * actions.
 *
 * A rule matches if some pattern does and no except does. Who is judged is an
 * address and a port, once with each name that the broker has given that address
 * for, or without a name if there is none (or the action is bind); a rule that
 * matches one of these matches. So an except by name spares who was asked for.
 * Deny beats ask beats allow, and what nothing allows is denied.
 * An IPv4 address within an IPv6 one (::ffff:0:0/96, 64:ff9b::/96) is matched
 * both as it stands and as the IPv4 address. A name matches no loopback,
 * private, link-local, multicast or unspecified address. */
struct srt_endpoint {
  uint32_t rule;     /* index into SRT_RULES */
  uint8_t effect;    /* SRT_EFFECT_* */
  uint8_t actions;   /* SRT_NET_*, not 0 */
  uint8_t transport; /* SRT_TRANSPORT_* */
  uint8_t host;      /* SRT_HOST_* */
  uint8_t is_except; /* 0 or 1 */
  uint8_t is_v6;     /* 0 or 1; 0 unless host is SRT_HOST_ADDRESS */
  uint8_t prefix;    /* bits: 0..32, or 0..128 if is_v6; 0 unless SRT_HOST_ADDRESS */
  uint8_t reserved;  /* 0 */
  uint16_t first_port, last_port; /* host byte order, first <= last; 0 for unix */
  uint8_t address[16]; /* network byte order; zero behind the prefix */
  struct srt_string name; /* empty for SRT_HOST_ANY and SRT_HOST_ADDRESS */
};
SRT_ASSERT_SIZE(srt_endpoint, 40);

#endif
