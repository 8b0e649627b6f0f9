/* A fleet of SNMP agents in one process: one UDP socket on the loopback device answers for every address of 127/8.
 *
 *   agents PORT TABLE COMMUNITY USER AUTHPHRASE PRIVPHRASE DEADPERCENT
 *
 * v2c, and v3 with user security (RFC 3414, 7860: HMAC-SHA-256 cut to 24 bytes; RFC 3826: AES-128 in CFB mode).
 * GET, GETNEXT and GETBULK. Every address is an engine of its own. An address whose number (as a whole number of
 * 32 bits) modulo 100 is below DEADPERCENT never answers.
 *
 * TABLE holds one object a line, in the order of the OIDs: OID, the whole variable binding in hexadecimal, how much
 * the value grows in a second, and the width in bytes of what grows (0: a constant). The answer to a v2c question is
 * at most 1,400 bytes long, to a v3 question 1,300, so that it fits an Ethernet frame.
 *
 * Prints "ready" when it listens. Ends with its standard input.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ARCS = 48, OBJECTS = 60000, BINDINGS = 128, BATCH = 64, ROOM = 4096, ENGINE_ID = 11, KEY = 32, TAG = 24, CUT2 = 1400, CUT3 = 1300 };
enum { INTEGER = 2, STRING = 4, OBJECT = 6, SEQUENCE = 0x30, GET = 0xA0, NEXT = 0xA1, RESPONSE = 0xA2, BULK = 0xA5, REPORT = 0xA8 };

typedef struct {
    uint32_t arc[ARCS];
    int arcs;
} oid_t;
typedef struct {
    oid_t name;
    uint8_t *binding;
    int length, width;
    uint64_t start;
    double growth;
} object_t;
typedef struct {
    const uint8_t *at, *end;
} reader_t;
typedef struct { /* grows from the end of its room to the front, because a length stands before what it measures */
    uint8_t *room;
    int at;
} writer_t;

static object_t *objects;
static int count, dead;
static const char *community, *user;
static uint8_t auth_master[KEY], priv_master[KEY], (*keys)[2 * KEY], *known;
static struct timespec began;
static EVP_CIPHER_CTX *cipher;

static void fail(const char *why) {
    perror(why);
    exit(1);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - began.tv_sec) + (double)(now.tv_nsec - began.tv_nsec) / 1e9;
}

/* The table. */

static void number_of(object_t *each) {
    for (int n = each->length - each->width; n < each->length; n++)
        each->start = each->start << 8 | each->binding[n];
}

static void load(const char *path) {
    FILE *file = fopen(path, "r");
    static char line[1 << 16];
    if (!file) fail(path);
    objects = calloc(OBJECTS, sizeof *objects);
    while (fgets(line, sizeof line, file) && count < OBJECTS) {
        object_t *each = &objects[count++];
        char *oid = strtok(line, "\t"), *hex = strtok(NULL, "\t"), *growth = strtok(NULL, "\t"), *width = strtok(NULL, "\n");
        each->length = (int)strlen(hex) / 2;
        each->binding = malloc((size_t)each->length);
        for (int n = 0; n < each->length; n++) sscanf(hex + 2 * n, "%2hhx", &each->binding[n]);
        each->growth = atof(growth);
        each->width = atoi(width);
        for (char *arc = strtok(oid, "."); arc && each->name.arcs < ARCS; arc = strtok(NULL, "."))
            each->name.arc[each->name.arcs++] = (uint32_t)strtoul(arc, NULL, 10);
        number_of(each);
    }
    fclose(file);
}

static int compare(const oid_t *one, const oid_t *two) {
    for (int n = 0; n < one->arcs && n < two->arcs; n++)
        if (one->arc[n] != two->arc[n]) return one->arc[n] < two->arc[n] ? -1 : 1;
    return one->arcs - two->arcs;
}

/* Return the place of the first object that is not before (after: that comes after) name. */
static int place(const oid_t *name, int after) {
    int low = 0, high = count;
    while (low < high) {
        int middle = (low + high) / 2, order = compare(&objects[middle].name, name);
        if (order < 0 || (after && order == 0)) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* Reading BER. Each returns 0 when it could. */

static int next(reader_t *from, int *tag, reader_t *content) {
    if (from->end - from->at < 2) return -1;
    *tag = *from->at++;
    long size = *from->at++;
    if (size & 0x80) {
        int octets = size & 0x7F;
        if (octets > 3 || from->end - from->at < octets) return -1;
        for (size = 0; octets--;) size = size << 8 | *from->at++;
    }
    if (from->end - from->at < size) return -1;
    *content = (reader_t){from->at, from->at + size};
    from->at += size;
    return 0;
}

static int expect(reader_t *from, int tag, reader_t *content) {
    int found;
    return next(from, &found, content) || found != tag ? -1 : 0;
}

static int whole(reader_t *from, int64_t *number) {
    reader_t content;
    if (expect(from, INTEGER, &content) || content.at == content.end) return -1;
    *number = *content.at & 0x80 ? -1 : 0;
    while (content.at < content.end) *number = (int64_t)((uint64_t)*number << 8) | *content.at++;
    return 0;
}

static int object_id(reader_t *from, oid_t *name) {
    reader_t content;
    if (expect(from, OBJECT, &content) || content.at == content.end) return -1;
    name->arc[0] = *content.at / 40, name->arc[1] = *content.at % 40, name->arcs = 2;
    for (content.at++; content.at < content.end && name->arcs < ARCS;) {
        uint32_t arc = 0;
        do arc = arc << 7 | (*content.at & 0x7F);
        while (*content.at++ & 0x80 && content.at < content.end);
        name->arc[name->arcs++] = arc;
    }
    return 0;
}

/* Writing BER, from the end. */

static void put(writer_t *to, const void *what, long length) {
    to->at -= (int)length;
    memcpy(to->room + to->at, what, (size_t)length);
}

static void head(writer_t *to, int tag, int end) {
    int size = end - to->at;
    uint8_t made[4] = {(uint8_t)tag, (uint8_t)size};
    if (size < 0x80) put(to, made, 2);
    else if (size < 0x100) made[1] = 0x81, made[2] = (uint8_t)size, put(to, made, 3);
    else made[1] = 0x82, made[2] = (uint8_t)(size >> 8), made[3] = (uint8_t)size, put(to, made, 4);
}

static void put_whole(writer_t *to, int64_t number) {
    int end = to->at;
    uint8_t octet;
    do {
        octet = (uint8_t)number;
        put(to, &octet, 1);
        number >>= 8;
    } while (!((number == 0 && !(octet & 0x80)) || (number == -1 && octet & 0x80)));
    head(to, INTEGER, end);
}

static void put_string(writer_t *to, const void *what, long length) {
    int end = to->at;
    put(to, what, length);
    head(to, STRING, end);
}

static void put_name(writer_t *to, const oid_t *name) {
    int end = to->at;
    for (int n = name->arcs - 1; n > 1; n--) {
        uint32_t arc = name->arc[n];
        uint8_t octet = arc & 0x7F;
        put(to, &octet, 1);
        while (arc >>= 7) octet = (uint8_t)(arc & 0x7F) | 0x80, put(to, &octet, 1);
    }
    uint8_t first = (uint8_t)(name->arc[0] * 40 + name->arc[1]);
    put(to, &first, 1);
    head(to, OBJECT, end);
}

static void put_object(writer_t *to, const object_t *each, double age) {
    put(to, each->binding, each->length);
    uint64_t grown = each->start + (uint64_t)(each->growth * age);
    uint8_t *last = to->room + to->at + each->length - 1;
    for (int n = 0; n < each->width; n++, grown >>= 8) last[-n] = (uint8_t)grown;
}

/* Say instead of a value that there is none: 0x80 no such object, 0x82 the end of the view. */
static void put_absent(writer_t *to, const oid_t *name, int why) {
    int end = to->at;
    uint8_t said[2] = {(uint8_t)why, 0};
    put(to, said, 2);
    put_name(to, name);
    head(to, SEQUENCE, end);
}

/* One question. */

typedef struct {
    const object_t *object; /* NULL: absent, why says how */
    const oid_t *name;
    int why;
} found_t;

static int find(int tag, oid_t *names, int asked, int64_t once, int64_t rows, int cut, found_t *found) {
    int many = 0, size = 0;
    for (int row = 0; row < (tag == BULK ? (rows > 1 ? rows : 1) : 1) && size < cut; row++)
        for (int n = row ? (int)once : 0; n < asked && size < cut; n++) { /* the first ones are asked for once */
            int at = place(&names[n], tag != GET) + row;
            int there = at < count && (tag != GET || compare(&objects[at].name, &names[n]) == 0);
            int more = there ? objects[at].length : 40;
            if (many == 4 * BINDINGS || (many && tag == BULK && size + more > cut)) return many;
            found[many++] = (found_t){there ? &objects[at] : NULL, &names[n], tag == GET ? 0x80 : 0x82};
            size += more;
            if (tag == BULK && !there && asked == 1) return many;
        }
    return many;
}

static int answer(writer_t *to, int tag, reader_t question, int cut) {
    static oid_t names[BINDINGS];
    static found_t found[4 * BINDINGS];
    int64_t request, once, rows;
    reader_t list, binding;
    int asked = 0, end = to->at;
    if (whole(&question, &request) || whole(&question, &once) || whole(&question, &rows) || expect(&question, SEQUENCE, &list)) return -1;
    if (tag != GET && tag != NEXT && tag != BULK) return -1;
    while (list.at < list.end && asked < BINDINGS)
        if (expect(&list, SEQUENCE, &binding) || object_id(&binding, &names[asked++])) return -1;
    int many = find(tag, names, asked, once, rows, cut, found);
    double age = seconds();
    for (int n = many - 1; n >= 0; n--)
        if (found[n].object) put_object(to, found[n].object, age);
        else put_absent(to, found[n].name, found[n].why);
    head(to, SEQUENCE, end);
    put_whole(to, 0);
    put_whole(to, 0);
    put_whole(to, request);
    head(to, RESPONSE, end);
    return 0;
}

/* User security. */

static void digest(const void *one, size_t first, const void *two, size_t second, uint8_t *made) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_DigestInit_ex(context, EVP_sha256(), NULL);
    EVP_DigestUpdate(context, one, first);
    EVP_DigestUpdate(context, two, second);
    EVP_DigestUpdate(context, one, first);
    EVP_DigestFinal_ex(context, made, NULL);
    EVP_MD_CTX_free(context);
}

/* RFC 3414 §A.2: the digest of a megabyte of the repeated phrase. */
static void master(const char *phrase, uint8_t *made) {
    size_t length = strlen(phrase);
    uint8_t *long_ = malloc(1 << 20);
    for (size_t n = 0; n < 1 << 20; n++) long_[n] = (uint8_t)phrase[n % length];
    EVP_Digest(long_, 1 << 20, made, NULL, EVP_sha256(), NULL);
    free(long_);
}

static void convert(int encrypt, const uint8_t *key, uint32_t boots, uint32_t time_, const uint8_t *salt, uint8_t *data, int length) {
    uint8_t start[16];
    int made;
    boots = htonl(boots), time_ = htonl(time_);
    memcpy(start, &boots, 4), memcpy(start + 4, &time_, 4), memcpy(start + 8, salt, 8);
    EVP_CipherInit_ex(cipher, EVP_aes_128_cfb128(), NULL, key, start, encrypt);
    EVP_CipherUpdate(cipher, data, &made, data, length);
}

static void sign(const uint8_t *key, const uint8_t *message, int length, uint8_t *made) {
    uint8_t whole_[KEY];
    HMAC(EVP_sha256(), key, KEY, message, (size_t)length, whole_, NULL);
    memcpy(made, whole_, TAG);
}

/* usmStats: 2 not in the time window, 4 unknown engine. */
static void report(writer_t *to, uint32_t which, int64_t request) {
    oid_t name = {{1, 3, 6, 1, 6, 3, 15, 1, 1, which, 0}, 11};
    uint8_t one[3] = {0x41, 1, 1};
    int end = to->at;
    put(to, one, 3);
    put_name(to, &name);
    head(to, SEQUENCE, end);
    head(to, SEQUENCE, end);
    put_whole(to, 0);
    put_whole(to, 0);
    put_whole(to, request);
    head(to, REPORT, end);
}

static const uint8_t *keys_of(uint32_t address, const uint8_t *engine) {
    uint32_t n = address & 0xFFFFFF;
    if (!known[n]) {
        digest(auth_master, KEY, engine, ENGINE_ID, keys[n]);
        digest(priv_master, KEY, engine, ENGINE_ID, keys[n] + KEY);
        known[n] = 1;
    }
    return keys[n];
}

typedef struct {
    reader_t engine, user, tag, salt;
    int64_t id, boots, time;
    int flags;
} security_t;

static int security(reader_t *message, security_t *said) {
    reader_t global, flags, outer, inner;
    int64_t largest;
    if (expect(message, SEQUENCE, &global) || whole(&global, &said->id) || whole(&global, &largest) || expect(&global, STRING, &flags)) return -1;
    if (flags.at == flags.end || expect(message, STRING, &outer) || expect(&outer, SEQUENCE, &inner)) return -1;
    said->flags = *flags.at;
    return expect(&inner, STRING, &said->engine) || whole(&inner, &said->boots) || whole(&inner, &said->time) ||
           expect(&inner, STRING, &said->user) || expect(&inner, STRING, &said->tag) || expect(&inner, STRING, &said->salt);
}

static int genuine(const uint8_t *key, uint8_t *message, int length, const security_t *said) {
    uint8_t given[TAG], right[TAG];
    if (said->tag.end - said->tag.at != TAG) return 0;
    memcpy(given, said->tag.at, TAG);
    memset((uint8_t *)said->tag.at, 0, TAG);
    sign(key, message, length, right);
    return CRYPTO_memcmp(given, right, TAG) == 0;
}

static void envelope(writer_t *to, const security_t *said, const uint8_t *engine, const uint8_t *key, int flags, uint32_t now) {
    static uint64_t salt;
    static const uint8_t blank[TAG];
    uint8_t level = (uint8_t)flags;
    int end = ROOM, inner;
    put_string(to, "", 0);
    put_string(to, engine, ENGINE_ID);
    head(to, SEQUENCE, end);
    salt++;
    if (flags & 2) {
        convert(1, key + KEY, 1, now, (uint8_t *)&salt, to->room + to->at, end - to->at);
        head(to, STRING, end);
    }
    inner = to->at;
    put_string(to, &salt, flags & 2 ? 8 : 0);
    put_string(to, blank, flags & 1 ? TAG : 0);
    int tag = to->at + 2;
    put_string(to, said->user.at, said->user.end - said->user.at);
    put_whole(to, now);
    put_whole(to, 1);
    put_string(to, engine, ENGINE_ID);
    head(to, SEQUENCE, inner);
    head(to, STRING, inner);
    inner = to->at;
    put_whole(to, 3);
    put_string(to, &level, 1);
    put_whole(to, 65507);
    put_whole(to, said->id);
    head(to, SEQUENCE, inner);
    put_whole(to, 3);
    head(to, SEQUENCE, end);
    if (flags & 1) sign(key, to->room + to->at, end - to->at, to->room + tag);
}

static int answer3(writer_t *to, uint32_t address, uint8_t *message, int length, reader_t rest) {
    uint8_t engine[ENGINE_ID] = {0x80, 0, 0, 9, 3, 0, 0x42};
    uint32_t now = 1000 + (uint32_t)seconds();
    security_t said;
    reader_t scoped, context, name, question;
    int64_t request = 0;
    int tag, which = 0, level;
    memcpy(engine + 7, &address, 4);
    if (security(&rest, &said)) return -1;
    const uint8_t *key = keys_of(ntohl(address), engine);
    level = said.flags & 3;
    if (said.engine.end - said.engine.at != ENGINE_ID || memcmp(said.engine.at, engine, ENGINE_ID)) {
        which = 4, level = 0;
        if (expect(&rest, SEQUENCE, &scoped)) return -1;
    } else {
        if (level & 1 && !genuine(key, message, length, &said)) return -1;
        if (level & 2) {
            if (expect(&rest, STRING, &scoped) || said.salt.end - said.salt.at != 8) return -1;
            convert(0, key + KEY, (uint32_t)said.boots, (uint32_t)said.time, said.salt.at, (uint8_t *)scoped.at, (int)(scoped.end - scoped.at));
            rest = scoped;
        }
        if (expect(&rest, SEQUENCE, &scoped)) return -1;
        if (level & 1 && (said.boots != 1 || llabs(said.time - (int64_t)now) > 150)) which = 2, level = 1;
    }
    if (expect(&scoped, STRING, &context) || expect(&scoped, STRING, &name) || next(&scoped, &tag, &question)) return -1;
    if (which) {
        reader_t copy = question;
        if (whole(&copy, &request)) return -1;
        report(to, (uint32_t)which, request);
    } else if (answer(to, tag, question, CUT3)) return -1;
    envelope(to, &said, engine, key, level, now);
    return 0;
}

static int handle(writer_t *to, uint32_t address, uint8_t *message, int length) {
    reader_t all = {message, message + length}, rest, word, question;
    int64_t version;
    int tag;
    if (dead && (int)(ntohl(address) % 100) < dead) return -1;
    if (expect(&all, SEQUENCE, &rest) || whole(&rest, &version)) return -1;
    if (version == 3) return answer3(to, address, message, length, rest);
    if (version != 1 || expect(&rest, STRING, &word) || next(&rest, &tag, &question)) return -1;
    if (word.end - word.at != (long)strlen(community) || memcmp(word.at, community, strlen(community))) return -1;
    if (answer(to, tag, question, CUT2)) return -1;
    put_string(to, community, (long)strlen(community));
    put_whole(to, 1);
    head(to, SEQUENCE, ROOM);
    return 0;
}

/* The socket. */

static int listening(int port) {
    int made = socket(AF_INET, SOCK_DGRAM, 0), on = 1, room = 32 << 20;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    if (made < 0 || setsockopt(made, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3)) fail("the loopback device");
    if (setsockopt(made, IPPROTO_IP, IP_PKTINFO, &on, sizeof on)) fail("IP_PKTINFO");
    if (setsockopt(made, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room)) setsockopt(made, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    if (setsockopt(made, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof room)) setsockopt(made, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    if (bind(made, (void *)&here, sizeof here)) fail("bind");
    return made;
}

static uint32_t asked_address(struct msghdr *from) {
    for (struct cmsghdr *each = CMSG_FIRSTHDR(from); each; each = CMSG_NXTHDR(from, each))
        if (each->cmsg_type == IP_PKTINFO) return ((struct in_pktinfo *)CMSG_DATA(each))->ipi_addr.s_addr;
    return 0;
}

static void from_address(struct msghdr *to, uint32_t address) {
    struct cmsghdr *made = CMSG_FIRSTHDR(to);
    struct in_pktinfo here = {.ipi_spec_dst.s_addr = address};
    made->cmsg_level = IPPROTO_IP, made->cmsg_type = IP_PKTINFO, made->cmsg_len = CMSG_LEN(sizeof here);
    memcpy(CMSG_DATA(made), &here, sizeof here);
}

static void serve(int socket_) {
    static uint8_t in[BATCH][ROOM], out[BATCH][ROOM], asides[BATCH][64], beside[BATCH][64];
    static struct sockaddr_in peers[BATCH];
    static struct mmsghdr came[BATCH], go[BATCH];
    static struct iovec where[BATCH], what[BATCH];
    for (int n = 0; n < BATCH; n++) {
        where[n] = (struct iovec){in[n], ROOM};
        came[n].msg_hdr = (struct msghdr){&peers[n], sizeof peers[n], &where[n], 1, asides[n], sizeof asides[n], 0};
    }
    int many = recvmmsg(socket_, came, BATCH, MSG_DONTWAIT, NULL), answers = 0;
    for (int n = 0; n < many; n++) {
        writer_t to = {out[answers], ROOM};
        uint32_t address = asked_address(&came[n].msg_hdr);
        if (handle(&to, address, in[n], (int)came[n].msg_len)) continue;
        what[answers] = (struct iovec){to.room + to.at, (size_t)(ROOM - to.at)};
        go[answers].msg_hdr = (struct msghdr){&peers[n], sizeof peers[n], &what[answers], 1, beside[answers], CMSG_SPACE(sizeof(struct in_pktinfo)), 0};
        from_address(&go[answers++].msg_hdr, address);
    }
    for (int sent = 0; sent < answers;) {
        int now = sendmmsg(socket_, go + sent, (unsigned)(answers - sent), 0);
        sent += now > 0 ? now : 1; /* whoever is gone does not stop the others */
    }
}

int main(int given, char **words) {
    if (given != 8) return fprintf(stderr, "usage: agents PORT TABLE COMMUNITY USER AUTHPHRASE PRIVPHRASE DEADPERCENT\n"), 2;
    clock_gettime(CLOCK_MONOTONIC, &began);
    load(words[2]);
    community = words[3], user = words[4], dead = atoi(words[7]);
    master(words[5], auth_master);
    master(words[6], priv_master);
    keys = calloc(1 << 24, sizeof *keys);
    known = calloc(1 << 24, 1);
    cipher = EVP_CIPHER_CTX_new();
    int socket_ = listening(atoi(words[1]));
    printf("ready\n");
    fflush(stdout);
    struct pollfd both[2] = {{socket_, POLLIN, 0}, {0, POLLIN, 0}};
    for (char gone; poll(both, 2, -1) >= 0;) {
        if (both[1].revents && read(0, &gone, 1) <= 0) return 0;
        if (both[0].revents) serve(socket_);
    }
    return 0;
}
