/* test/Broker/Inputs/escape-ways.c: escape-ways [free] DIR [WAY]: every way we know
 * past a rule. SPDX-License-Identifier: Apache-2.0
 *
 * DIR/hidden may not be read, DIR/fixed not be changed, DIR/open is free. Prints
 * for each way `NAME: held` or `NAME: open`. With `free` it makes the directory
 * anew for each, and is to be run without a sandbox, where ways have to work. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#define HIDDEN "hidden/f"
#define FIXED "fixed/f"
static char dir[3000];

/* A path below DIR; a few at a time. */
static char *at(const char *name) {
  static char paths[8][4096];
  static int next;
  char *path = paths[next++ % 8];
  snprintf(path, 4096, "%s/%s", dir, name);
  return path;
}

static char *text(const char *format, ...) {
  static char texts[8][4096];
  static int next;
  char *to = texts[next++ % 8];
  va_list list;
  va_start(list, format);
  vsnprintf(to, 4096, format, list);
  va_end(list);
  return to;
}

/* Whether a descriptor gives the secret. */
static int tells(int fd) {
  char bytes[16] = "";
  if (fd < 0)
    return 0;
  long size = read(fd, bytes, 15);
  close(fd);
  return size > 0 && strstr(bytes, "secret") != NULL;
}

static int reads(const char *path) { return tells(open(path, O_RDONLY)); }

static void put(const char *path, const char *words) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (fd < 0 || write(fd, words, strlen(words)) < 0)
    exit(2);
  close(fd);
}

static void setUp(void) {
  if (system(text("rm -rf '%s'", dir)) != 0)
    exit(2);
  for (const char *const *d = (const char *const[]){"", "hidden", "fixed",
                                                    "open", "fixed/d", "open/d",
                                                    NULL};
       *d; ++d)
    if (mkdir(at(*d), 0755) != 0)
      exit(2);
  put(at(HIDDEN), "secret");
  put(at("hidden/x.c"), "secret");
  put(at(FIXED), "fixed");
  put(at("fixed/d/f"), "fixed");
  put(at("open/f"), "open");
  put(at("open/t.key"), "secret");
}

/* --- Reading ------------------------------------------------------------- */

static int readPlain(void) { return reads(at(HIDDEN)); }
static int readKey(void) { return reads(at("open/t.key")); }
static int readRoot(void) { return reads(text("/proc/self/root%s", at(HIDDEN))); }
static int readDots(void) {
  return reads(text("%s//open/./d/../../hidden/.//f", dir)) ||
         reads(text("%s/fixed/../hidden/../hidden/f", dir)) ||
         reads(text("/proc/self/../..%s", at(HIDDEN)));
}
static int readSlash(void) { return reads(at(HIDDEN "/")) || reads(at(HIDDEN "/.")) || readPlain(); }
static int readRelative(void) { return chdir(at("hidden")) == 0 && reads("f"); }
static int readCwd(void) {
  return chdir(at("hidden")) == 0 &&
         (reads("/proc/self/cwd/f") || reads("/proc/thread-self/cwd/./f"));
}
static int readDirectory(void) {
  int fd = open(at("hidden"), O_PATH);
  return tells(openat(fd, "f", O_RDONLY)) ||
         reads(text("/proc/self/fd/%d/f", fd)) ||
         reads(text("/dev/fd/%d/../hidden/f", fd));
}
static int readHandle(void) {
  int fd = open(at(HIDDEN), O_PATH);
  return reads(text("/proc/self/fd/%d", fd)) || reads(text("/dev/fd/%d", fd)) ||
         reads(text("/proc/thread-self/fd/%d", fd)) ||
         reads(text("/proc/self/task/%d/fd/%d", gettid(), fd)) ||
         reads(text("/proc/%d/fd/%d", getpid(), fd)) ||
         tells(openat(fd, "", O_RDONLY)) || tells(dup(fd));
}
static int readWriting(void) {
  int fd = open(at(HIDDEN), O_WRONLY);
  return reads(text("/proc/self/fd/%d", fd));
}
static int readOther(void) {
  int ends[2];
  if (pipe(ends) != 0)
    return 0;
  pid_t pid = fork();
  if (pid == 0) {
    int fd = open(at(HIDDEN), O_PATH);
    dup2(fd, 77);
    if (chdir(at("hidden")) != 0 || write(ends[1], "", 1) != 1)
      _exit(1);
    pause();
  }
  char go;
  int is = read(ends[0], &go, 1) == 1 &&
           (reads(text("/proc/%d/fd/77", pid)) ||
            reads(text("/proc/%d/cwd/f", pid)) ||
            reads(text("/proc/%d/root%s", pid, at(HIDDEN))) ||
            reads(text("/proc/%d/task/%d/cwd/f", pid, pid)));
  kill(pid, SIGKILL);
  waitpid(pid, NULL, 0);
  return is;
}
static int readPassed(void) {
  int pair[2], fd = open(at(HIDDEN), O_PATH), got = -1;
  char byte = 0, room[CMSG_SPACE(sizeof(int))] = "";
  struct iovec vector = {&byte, 1};
  struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1,
                           .msg_control = room, .msg_controllen = sizeof room};
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
    return 0;
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  head->cmsg_len = CMSG_LEN(sizeof fd);
  memcpy(CMSG_DATA(head), &fd, sizeof fd);
  if (sendmsg(pair[0], &message, 0) < 0 || recvmsg(pair[1], &message, 0) < 0)
    return 0;
  memcpy(&got, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof got);
  return reads(text("/proc/self/fd/%d", got));
}
static int readLinks(void) {
  symlink("../hidden", at("open/l"));
  symlink("l/f", at("open/m"));
  symlink(at("open/m"), at("open/n"));
  symlink("/proc/self/cwd/f", at("open/o"));
  int is = reads(at("open/l/f")) || reads(at("open/m")) || reads(at("open/n")) ||
           (chdir(at("hidden")) == 0 && reads(at("open/o")));
  for (const char *name = "lmno"; *name; ++name)
    unlink(text("%s/open/%c", dir, *name));
  return is;
}
static int readHardLink(void) {
  int fd = open(at(HIDDEN), O_PATH);
  int is = (link(at(HIDDEN), at("open/h")) == 0 ||
            linkat(fd, "", AT_FDCWD, at("open/h"), AT_EMPTY_PATH) == 0 ||
            linkat(AT_FDCWD, text("/proc/self/fd/%d", fd), AT_FDCWD,
                   at("open/h"), AT_SYMLINK_FOLLOW) == 0) &&
           reads(at("open/h"));
  unlink(at("open/h"));
  return is;
}
static int readMoved(void) {
  return rename(at(HIDDEN), at("open/g")) == 0 && reads(at("open/g"));
}
static int readMovedKey(void) {
  return (rename(at("open/t.key"), at("open/t")) == 0 ||
          link(at("open/t.key"), at("open/t")) == 0) && reads(at("open/t"));
}
static int readExchanged(void) {
  return syscall(SYS_renameat2, AT_FDCWD, at("open/f"), AT_FDCWD, at(HIDDEN),
                 2 /* RENAME_EXCHANGE */) == 0 && reads(at("open/f"));
}
static int readMovedDirectory(void) {
  return (rename(at("hidden"), at("open/away")) == 0 && reads(at("open/away/f"))) ||
         (syscall(SYS_renameat2, AT_FDCWD, at("hidden"), AT_FDCWD, at("open/d"), 2)
              == 0 && reads(at("open/d/f")));
}
static int readMovedParent(void) {
  char *other = text("%s.moved", dir);
  int is = rename(dir, other) == 0 && reads(text("%s/hidden/f", other));
  rename(other, dir);
  return is;
}
static int readTree(void) {
  int fd = syscall(SYS_open_tree, AT_FDCWD, at(HIDDEN), 0);
  int folder = syscall(SYS_open_tree, AT_FDCWD, at("hidden"), 0);
  return reads(text("/proc/self/fd/%d", fd)) || tells(openat(folder, "f", 0));
}
static int readOpenat2(void) {
  uint64_t how[3] = {0, 0, 0};
  return tells(syscall(SYS_openat2, AT_FDCWD, at(HIDDEN), how, sizeof how));
}
static int readByHandle(void) {
  union {
    struct file_handle handle;
    char room[sizeof(struct file_handle) + 128];
  } h;
  int mount, top = open("/", O_PATH);
  h.handle.handle_bytes = 128;
  return name_to_handle_at(AT_FDCWD, at(HIDDEN), &h.handle, &mount, 0) == 0 &&
         tells(open_by_handle_at(top < 0 ? AT_FDCWD : open(dir, O_RDONLY),
                                 &h.handle, O_RDONLY));
}
static int readHighBits(void) {
  int is = 0;
  for (unsigned bit = 32; bit < 64; ++bit)
    is |= tells(syscall(SYS_openat, AT_FDCWD, at(HIDDEN), 1ul << bit, 0)) ||
          tells(syscall(SYS_openat, (1ul << bit) | (unsigned)AT_FDCWD, at(HIDDEN),
                        O_RDONLY, 0));
  return is;
}
static int readFlags(void) {
  int is = 0;
  for (unsigned bit = 2; bit < 32; ++bit)
    for (int access = 0; access < 4; ++access)
      if (bit != 6 && (1u << bit) != O_PATH) /* O_CREAT is not for here */
        is |= tells(syscall(SYS_openat, AT_FDCWD, at(HIDDEN), (1u << bit) | access,
                            0));
  return is;
}
static int readSent(void) {
  int from = open(at(HIDDEN), O_PATH), to = memfd_create("x", 0);
  int is = sendfile(to, from, NULL, 16) > 0 ||
           copy_file_range(from, NULL, to, NULL, 16, 0) > 0 ||
           ioctl(to, 0x40049409 /* FICLONE */, from) == 0 ||
           pread(from, (char[16]){0}, 15, 0) > 0;
  return is;
}
static int readList(void) {
  char bytes[1024];
  int fd = open(at("hidden"), O_RDONLY | O_DIRECTORY), path = open(at("hidden"), O_PATH);
  return syscall(SYS_getdents64, fd, bytes, sizeof bytes) > 0 ||
         syscall(SYS_getdents64, path, bytes, sizeof bytes) > 0 ||
         inotify_add_watch(inotify_init1(0), at("hidden"), IN_ALL_EVENTS) >= 0 ||
         fcntl(path, F_NOTIFY, DN_CREATE) == 0;
}
static int readDeep(void) {
  char name[201];
  memset(name, 'd', 200), name[200] = 0;
  if (chdir(at("open")) != 0)
    return 0;
  int is = 0;
  for (int i = 0; i < 24 && mkdir(name, 0755) == 0 && chdir(name) == 0; ++i) {
    int fd = open("t.key", O_CREAT | O_WRONLY, 0644);
    is |= fd >= 0 && write(fd, "secret", 6) == 6 && reads("t.key");
    close(fd);
  }
  /* From the middle: what is below gets a name that is too long. */
  if (chdir(at("open")) == 0 && mkdir("e", 0755) == 0 && chdir("e") == 0) {
    put("t.key", "secret");
    char *far = malloc(8192);
    strcpy(far, at("open"));
    for (int i = 0; i < 18; ++i)
      strcat(strcat(far, "/"), name);
    is |= rename(at("open/e"), strcat(far, "/eeeeeeeeeeeeeeeeeeeee")) == 0 && reads("t.key");
  }
  return is;
}
static int readOddNames(void) {
  put(at("open/\xff\xfe.key"), "secret");
  put(at("open/ (deleted).key"), "secret");
  put(at("open/t.key (deleted)"), "open");
  char longest[256] = "";
  memset(longest, 'x', 251);
  strcat(longest, ".key");
  put(at(text("open/%s", longest)), "secret");
  int gone = open(at("open/t.key"), O_PATH);
  int is = reads(at("open/\xff\xfe.key")) || reads(at("open/ (deleted).key")) ||
           reads(at(text("open/%s", longest))) ||
           reads(at("open/./t.key")) || reads(at("open//t.key"));
  unlink(at("open/t.key"));
  return is || reads(text("/proc/self/fd/%d", gone));
}
static int readMount(void) {
  return (unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0) || chroot(at("hidden")) == 0;
}

/* --- Changing ------------------------------------------------------------ */

static int isThere(const char *name) {
  struct stat status;
  return lstat(at(name), &status) == 0;
}
/* Whether the fixed file is as it was. */
static int isChanged(void) {
  char bytes[16] = "";
  struct stat status;
  int fd = open(at(FIXED), O_RDONLY);
  long size = fd < 0 ? -1 : read(fd, bytes, 15);
  int is = size != 5 || strcmp(bytes, "fixed") || fstat(fd, &status) != 0 ||
           (status.st_mode & 07777) != 0644 || status.st_mtime < 1000000000 ||
           status.st_nlink != 1 || flistxattr(fd, NULL, 0) > 0 ||
           isThere("fixed/x") || !isThere("fixed/d/f");
  if (fd >= 0)
    close(fd);
  return is;
}
static int changes(int fd) {
  if (fd >= 0 && write(fd, "broken", 6) < 0)
    errno = 0;
  return isChanged();
}

static int makePlain(void) { return changes(open(at("fixed/x"), O_CREAT | O_WRONLY, 0644)); }
static int makeOld(void) {
  changes(syscall(SYS_openat, AT_FDCWD, at("fixed/x"), O_CREAT, 0644));
  return changes(creat(at("fixed/x"), 0644));
}
static int makeHere(void) {
  return chdir(at("fixed")) == 0 &&
         (changes(open("x", O_CREAT | O_WRONLY, 0644)) || mkdir("./x", 0755) == 0 ||
          mkdirat(open(".", O_PATH), "x//", 0755) == 0);
}
static int makeThroughLink(void) {
  symlink("../fixed/x", at("open/l"));
  symlink("l", at("open/m"));
  symlink("../fixed", at("open/k"));
  int is = changes(open(at("open/m"), O_CREAT | O_WRONLY, 0644)) ||
           changes(open(at("open/l"), O_CREAT | O_RDWR | O_TRUNC, 0644)) ||
           changes(open(at("open/k/x"), O_CREAT | O_WRONLY | O_NOFOLLOW, 0644)) ||
           mkdir(at("open/k/x"), 0755) == 0 || mknod(at("open/k/x"), S_IFREG, 0) == 0;
  for (const char *name = "klm"; *name; ++name)
    unlink(text("%s/open/%c", dir, *name));
  return is;
}
static int makeTemporary(void) {
  int there = open(at("fixed"), O_TMPFILE | O_RDWR, 0644);
  int here = open(at("open"), O_TMPFILE | O_RDWR, 0644);
  linkat(here, "", AT_FDCWD, at("fixed/x"), AT_EMPTY_PATH);
  linkat(AT_FDCWD, text("/proc/self/fd/%d", here), AT_FDCWD, at("fixed/x"),
         AT_SYMLINK_FOLLOW);
  return there >= 0 || isChanged();
}
static int makeKinds(void) {
  return mkdir(at("fixed/x"), 0755) == 0 || mkfifo(at("fixed/x"), 0644) == 0 ||
         mknod(at("fixed/x"), 0644, 0) == 0 || symlink("f", at("fixed/x")) == 0 ||
         mknod(at("fixed/x"), S_IFSOCK | 0644, 0) == 0 ||
         mkdir(at("fixed/x/"), 0755) == 0 || isChanged();
}
static int makeSocket(void) {
  struct sockaddr_un name = {.sun_family = AF_UNIX};
  int pair[2], one = socket(AF_UNIX, SOCK_STREAM, 0);
  if (chdir(at("fixed")) != 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
    return 0;
  strcpy(name.sun_path, "x");
  return bind(one, (void *)&name, sizeof name) == 0 ||
         bind(pair[0], (void *)&name, sizeof name) == 0 || isThere("fixed/x");
}
static int makeMoved(void) {
  return rename(at("open/f"), at("fixed/x")) == 0 ||
         link(at("open/f"), at("fixed/x")) == 0 ||
         rename(at("open/d"), at("fixed/x")) == 0 ||
         rename(at("open/f"), at(FIXED)) == 0 || isChanged();
}
static int makeExchanged(void) {
  return syscall(SYS_renameat2, AT_FDCWD, at("open/f"), AT_FDCWD, at(FIXED), 2) == 0 ||
         syscall(SYS_renameat2, AT_FDCWD, at("fixed"), AT_FDCWD, at("open/d"), 2) == 0;
}
static int movesAway(void) {
  return rename(at("fixed"), at("open/away")) == 0 ||
         rename(at("fixed/d"), at("open/away")) == 0 ||
         rename(at(FIXED), at("fixed/x")) == 0 || rename(at(FIXED), at("open/g")) == 0;
}
static int plantLink(void) {
  char *other = text("%s.moved", dir);
  int is = rename(dir, other) == 0 && symlink(other, dir) == 0;
  unlink(dir);
  rename(other, dir);
  return is || (rename(at("fixed/d"), at("open/e")) == 0);
}
static int linkAndWrite(void) {
  int is = link(at(FIXED), at("open/h")) == 0 && changes(open(at("open/h"), O_WRONLY));
  unlink(at("open/h"));
  return is || isChanged();
}
static int writeFlags(void) {
  static const int kFlags[] = {O_WRONLY, O_RDWR, O_TRUNC, O_APPEND | O_WRONLY,
                               O_WRONLY | O_CREAT, O_CREAT | O_TRUNC | O_RDWR,
                               O_RDWR | O_EXCL, 3, 3 | O_TRUNC,
                               O_WRONLY | O_NOCTTY | O_SYNC, O_RDWR | O_DIRECT};
  for (unsigned i = 0; i < sizeof kFlags / sizeof *kFlags; ++i)
    if (changes(open(at(FIXED), kFlags[i], 0644)))
      return 1;
  return 0;
}
static int writeAgain(void) {
  int fd = open(at(FIXED), O_RDONLY), path = open(at(FIXED), O_PATH);
  return changes(open(text("/proc/self/fd/%d", fd), O_RDWR)) ||
         changes(open(text("/proc/self/fd/%d", path), O_WRONLY | O_TRUNC)) ||
         truncate(text("/proc/self/fd/%d", fd), 0) == 0 ||
         truncate(at(FIXED), 0) == 0 || ftruncate(fd, 0) == 0 ||
         fallocate(fd, 0, 0, 9) == 0 || isChanged();
}
static int pathOnly(void) {
  int fd = open(at("fixed/x"), O_PATH | O_CREAT | O_WRONLY, 0644);
  int f = open(at(FIXED), O_PATH | O_TRUNC | O_RDWR);
  return changes(fd) || changes(f);
}
static int removes(void) {
  return unlink(at(FIXED)) == 0 || unlinkat(open(at("fixed"), O_PATH), "f", 0) == 0 ||
         unlink(text("/proc/self/root%s", at(FIXED))) == 0 || isChanged();
}
static int metadata(void) {
  struct timespec times[2] = {{1, 0}, {1, 0}};
  int fd = open(at(FIXED), O_RDONLY), path = open(at(FIXED), O_PATH);
  chmod(at(FIXED), 0777), fchmod(fd, 0777), fchmodat(AT_FDCWD, at(FIXED), 0777, 0);
  syscall(452, path, "", 0777, AT_EMPTY_PATH);
  chmod(text("/proc/self/fd/%d", path), 0777);
  utimensat(AT_FDCWD, at(FIXED), times, 0), futimens(fd, times);
  utimensat(path, "", times, AT_EMPTY_PATH);
  setxattr(at(FIXED), "user.x", "x", 1, 0), fsetxattr(fd, "user.x", "x", 1, 0);
  lsetxattr(at(FIXED), "user.x", "x", 1, 0);
  syscall(463 /* setxattrat */, AT_FDCWD, at(FIXED), 0, "user.x",
          (uint64_t[2]){(uint64_t)(uintptr_t) "x", 1}, 16);
  int flags = 0x40; /* FS_NODUMP_FL */
  int is = ioctl(fd, 0x40086602 /* FS_IOC_SETFLAGS */, &flags) == 0;
  return is || isChanged();
}
static int dumpsCore(void) {
  pid_t pid = fork();
  if (pid == 0) {
    struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
    setrlimit(RLIMIT_CORE, &all);
    if (chdir(at("fixed")) == 0)
      abort();
    _exit(0);
  }
  waitpid(pid, NULL, 0);
  return isThere("fixed/core") || isThere(text("fixed/core.%d", pid));
}
static int fewDescriptors(void) {
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_NOFILE, &none);
  open(at("fixed/x"), O_CREAT | O_WRONLY, 0644);
  return isThere("fixed/x");
}

/* --- The broker, and what could stand in its way --------------------------- */

static int touchesParent(pid_t pid) {
  char byte;
  struct iovec own = {&byte, 1}, other = {(void *)0x400000, 1};
  int is = 0;
  for (const char *const *name = (const char *const[]){
           "mem", "maps", "environ", "fd/0", "fd/3", "root", "cwd", "exe", "pagemap",
           "auxv", "stack", "syscall", "map_files", "fd", "fdinfo", "ns/mnt", NULL};
       *name; ++name) {
    int fd = open(text("/proc/%d/%s", pid, *name), O_RDONLY);
    is |= fd >= 0;
    fd = open(text("/proc/%d/%s", pid, *name), O_PATH);
    is |= open(text("/proc/self/fd/%d", fd), O_RDONLY) >= 0;
    if (chdir(text("/proc/%d", pid)) == 0)
      is |= open(*name, O_RDONLY) >= 0 || open(text("task/%d/%s", pid, *name), O_RDONLY) >= 0;
  }
  is |= process_vm_readv(pid, &own, 1, &other, 1, 0) == 1;
  is |= ptrace(PTRACE_SEIZE, pid, 0, 0) == 0;
  int self = syscall(SYS_pidfd_open, pid, 0);
  for (int fd = 0; fd < 16; ++fd)
    is |= syscall(SYS_pidfd_getfd, self, fd, 0) >= 0;
  return is;
}
static int touchesBroker(void) {
  pid_t parent = atoi(getenv("OUTER"));
  return touchesParent(parent);
}
static int ownRules(void) {
  return syscall(444, NULL, 0, 1) >= 0 || syscall(446, -1, 0) != -1 || errno != ENOSYS;
}
static int waits(void) {
  signal(SIGIO, SIG_IGN);
  int fd = open(at("open/f"), O_RDWR);
  int is = fcntl(fd, F_SETLEASE, F_WRLCK) == 0;
  fcntl(fd, F_SETLEASE, F_UNLCK);
  return is;
}
static int snapshots(void) {
  /* ENOTTY here: the file system must not be asked at all. */
  static const unsigned kRequests[] = {0x50009401, 0x5000940e, 0x5000940f, 0x50009417,
                                       0x50009418, 0x5000943f, 0x40186f04, 0x4020bc10};
  char room[8192] = "";
  int fd = open(at("open"), O_RDONLY), is = 0;
  for (unsigned i = 0; i < sizeof kRequests / sizeof *kRequests; ++i)
    is |= ioctl(fd, kRequests[i], room) == 0 || errno != EPERM;
  return is;
}

/* --- Races ----------------------------------------------------------------- */

static volatile int isOver;
static char *shared;
static double now(void) {
  struct timeval time;
  gettimeofday(&time, NULL);
  return time.tv_sec + time.tv_usec / 1e6;
}
static int spawn(int (*body)(void *), void *with, int flags) {
  char *stack = mmap(NULL, 65536, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return clone(body, stack + 65536, flags | SIGCHLD, with);
}
/* Changes something until it is over; `act` is tried meanwhile. */
static int race(int (*flip)(void *), int flags, int (*act)(void), double seconds) {
  isOver = 0;
  int pid = spawn(flip, NULL, flags | CLONE_VM), is = 0;
  for (double end = now() + seconds; now() < end && !is;)
    is = act();
  isOver = 1;
  kill(pid, SIGKILL);
  waitpid(pid, NULL, __WALL);
  return is;
}
static int flipName(void *with) {
  (void)with;
  char *one = at("open/f"), *other = at("hidden/x.c");
  for (size_t size = strlen(other) + 1; !isOver;)
    memcpy(shared, one, strlen(one) + 1), memcpy(shared, other, size);
  return 0;
}
static int actName(void) { return reads(shared); }
static int raceName(void) {
  shared = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  /* The name crosses a page, so that it is read in two pieces. */
  shared += 4096 - strlen(dir) - 3;
  strcpy(shared, at("open/f"));
  return race(flipName, 0, actName, 0.5);
}
static int flipLink(void *with) {
  (void)with;
  while (!isOver) {
    unlink(at("open/l")), symlink("../hidden", at("open/l"));
    unlink(at("open/l")), symlink("../open", at("open/l"));
  }
  return 0;
}
static int actLink(void) { return reads(at("open/l/f")); }
static int raceLink(void) {
  int is = race(flipLink, 0, actLink, 0.5);
  unlink(at("open/l"));
  return is;
}
static int flipFolder(void *with) {
  (void)with;
  while (!isOver && chdir(at("open")) == 0 && chdir(at("hidden")) == 0)
    ;
  return 0;
}
static int actFolder(void) { return reads("f"); }
static int raceFolder(void) { return race(flipFolder, CLONE_FS, actFolder, 0.4); }
static int ends[2];
static int flipNumber(void *with) {
  (void)with;
  while (!isOver)
    dup2(ends[0], 50), dup2(ends[1], 50);
  return 0;
}
static int actNumber(void) { return tells(openat(50, "f", O_RDONLY)); }
static int actMagic(void) { return reads("/proc/self/fd/50/f"); }
static int raceNumber(void) {
  ends[0] = open(at("open"), O_PATH), ends[1] = open(at("hidden"), O_PATH);
  dup2(ends[0], 50);
  return race(flipNumber, CLONE_FILES, actNumber, 0.4) ||
         race(flipNumber, CLONE_FILES, actMagic, 0.4);
}
static int flipDirectories(void *with) {
  (void)with;
  while (!isOver)
    syscall(SYS_renameat2, AT_FDCWD, at("open/d"), AT_FDCWD, at("open/l"), 2);
  return 0;
}
static int actMake(void) {
  int fd = open(at("open/d/x"), O_CREAT | O_WRONLY, 0644);
  if (fd >= 0)
    close(fd);
  unlink(at("open/d/x"));
  return isThere("fixed/x");
}
static int raceMake(void) {
  symlink("../fixed", at("open/l"));
  int is = race(flipDirectories, 0, actMake, 0.5);
  struct stat status;
  if (lstat(at("open/d"), &status) == 0 && S_ISLNK(status.st_mode))
    syscall(SYS_renameat2, AT_FDCWD, at("open/d"), AT_FDCWD, at("open/l"), 2);
  unlink(at("open/l"));
  return is;
}
static int flipFile(void *with) {
  (void)with;
  while (!isOver) {
    unlink(at("open/r")), symlink("../" HIDDEN, at("open/r"));
    rename(at("open/r"), at("open/s"));
    link(at("open/f"), at("open/r"));
    unlink(at("open/s"));
  }
  return 0;
}
static int actCreate(void) {
  return tells(open(at("open/r"), O_CREAT | O_RDWR, 0644)) || reads(at("open/r"));
}
static int raceFile(void) {
  int is = race(flipFile, 0, actCreate, 0.5);
  unlink(at("open/r")), unlink(at("open/s"));
  return is;
}

/* --- All of them ------------------------------------------------------------ */

static const struct {
  const char *name;
  int (*try)(void);
} kWays[] = {
#define WAY(name) {#name, name},
    WAY(readPlain) WAY(readKey) WAY(readRoot) WAY(readDots) WAY(readSlash)
    WAY(readRelative) WAY(readCwd) WAY(readDirectory) WAY(readHandle)
    WAY(readWriting) WAY(readOther) WAY(readPassed) WAY(readLinks)
    WAY(readHardLink) WAY(readMoved) WAY(readMovedKey) WAY(readExchanged)
    WAY(readMovedDirectory) WAY(readMovedParent) WAY(readTree) WAY(readOpenat2)
    WAY(readByHandle) WAY(readHighBits) WAY(readFlags) WAY(readList)
    WAY(readDeep) WAY(readOddNames)
    WAY(makePlain) WAY(makeOld) WAY(makeHere) WAY(makeThroughLink)
    WAY(makeTemporary) WAY(makeKinds) WAY(makeSocket) WAY(makeMoved)
    WAY(makeExchanged) WAY(movesAway) WAY(plantLink) WAY(linkAndWrite)
    WAY(writeFlags) WAY(writeAgain) WAY(removes) WAY(metadata) WAY(dumpsCore)
    WAY(touchesBroker) WAY(ownRules) WAY(waits) WAY(snapshots)
    WAY(raceName) WAY(raceLink) WAY(raceFolder) WAY(raceNumber) WAY(raceMake)
    WAY(raceFile)
    /* Nobody can do most of these, sandbox or not. */
    WAY(readSent) WAY(pathOnly) WAY(fewDescriptors) WAY(readMount)
#undef WAY
};

int main(int argc, char **argv) {
  int isFree = argc > 2 && !strcmp(argv[1], "free");
  const char *only = argc > 2 + isFree ? argv[2 + isFree] : NULL;
  if (argc < 2 + isFree)
    return 2;
  snprintf(dir, sizeof dir, "%s", argv[1 + isFree]);
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (only && !strcmp(only, "setUp"))
    return setUp(), 0;
  char parent[16];
  snprintf(parent, sizeof parent, "%d", getppid());
  setenv("OUTER", parent, 1);
  for (unsigned i = 0; i < sizeof kWays / sizeof *kWays; ++i) {
    if (only && strcmp(only, kWays[i].name))
      continue;
    if (isFree)
      setUp();
    pid_t pid = fork();
    if (pid == 0)
      _exit(kWays[i].try() ? 1 : 0);
    int status;
    waitpid(pid, &status, 0);
    printf("%s: %s\n", kWays[i].name,
           status == 0 ? "held" : WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "open");
  }
  return 0;
}
