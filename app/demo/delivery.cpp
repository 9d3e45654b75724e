// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "demo/delivery.h"

#include <QDateTime>
#include <QLocale>
#include <QtEndian>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace optout::demo {

namespace {

quint32 crc32(const QByteArray &bytes)
{
    quint32 crc = ~quint32(0);
    for (const char byte : bytes) {
        crc ^= uchar(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return ~crc;
}

//! RFC 1952. qCompress() gives the same deflate stream in zlib's wrapping, after four bytes of its own: 4 + 2 in front
//! of it, 4 behind it.
QByteArray gzip(const QByteArray &bytes)
{
    const QByteArray wrapped = qCompress(bytes);
    QByteArray trailer(8, Qt::Uninitialized);
    qToLittleEndian(crc32(bytes), trailer.data());
    qToLittleEndian(quint32(bytes.size()), trailer.data() + 4);
    return QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10) + wrapped.mid(6, wrapped.size() - 10) + trailer;
}

//! What stands in the service's place, or what becomes of its body.
void spoilContent(HttpAnswer &answer, const Fault &fault)
{
    if (fault.kind == Fault::Kind::Html) {
        answer = { .status = 200,
            .contentType = "text/html; charset=utf-8",
            .body = "<!DOCTYPE html>\n<html><head><title>Guest network</title></head>\n"
                    "<body><h1>Welcome</h1><p>Please accept the terms to go online.</p></body></html>\n" };
    } else if (fault.kind == Fault::Kind::Redirect) {
        answer = { .status = 302,
            .contentType = "text/html; charset=utf-8",
            .body = "<html><body>Please sign in to the guest network.</body></html>\n",
            .headers = { { "Location", "http://sign-in.guest-network.invalid/" } } };
    } else if (fault.kind == Fault::Kind::Status) {
        answer.status = int(fault.argument);
        answer.body.clear();
    } else if (fault.kind == Fault::Kind::BadJson) {
        answer.body.truncate(answer.body.size() / 2);
    } else if (fault.kind == Fault::Kind::Gzip) {
        answer.body = gzip(answer.body);
        answer.headers.emplaceBack("Content-Encoding", "gzip");
    } else if (fault.kind == Fault::Kind::RetryAfter) {
        answer.headers.emplaceBack("Retry-After", QByteArray::number(fault.argument));
    }
}

//! The fault of the connection that comes first; the others could not show.
const Fault *connectionFault(const std::vector<Fault> &faults)
{
    const auto found = std::find_if(faults.begin(), faults.end(),
        [](const Fault &fault) { return fault.kind >= Fault::Kind::Huge && fault.kind != Fault::Kind::Slow; });
    return found == faults.end() ? nullptr : &*found;
}

} // namespace

QByteArray httpDate(Timestamp time)
{
    static const QLocale english = QLocale::c();
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC);
    return english.toString(moment, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1();
}

Delivery deliver(HttpAnswer answer, const std::vector<Fault> &faults, Timestamp now, bool keepAlive)
{
    Delivery delivery { .end = keepAlive ? Delivery::End::Next : Delivery::End::Close };
    for (const Fault &fault : faults) {
        spoilContent(answer, fault);
        if (fault.kind == Fault::Kind::ClockSkew)
            now += std::chrono::seconds(fault.argument);
        if (fault.kind == Fault::Kind::Slow)
            delivery.bytesPerSecond = fault.argument;
    }
    const Fault *const broken = connectionFault(faults);
    const auto is = [broken](Fault::Kind kind) { return broken && broken->kind == kind; };
    if (is(Fault::Kind::Reset) || is(Fault::Kind::Stall)) {
        delivery.end = is(Fault::Kind::Reset) ? Delivery::End::Reset : Delivery::End::Stall;
        return delivery;
    }

    QByteArray &out = delivery.bytes;
    out.reserve(512 + answer.body.size());
    out += "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + reasonPhrase(answer.status) + "\r\n";
    for (const auto &[name, value] : std::as_const(answer.headers))
        out += name + ": " + value + "\r\n";
    out += "Content-Type: " + answer.contentType + "\r\nDate: " + httpDate(now) + "\r\n";
    if (!keepAlive)
        out += "Connection: close\r\n";

    const qint64 part =
        broken ? std::clamp<qint64>(broken->argument, 0, std::max<qint64>(answer.body.size() - 1, 0)) : 0;
    if (is(Fault::Kind::Huge)) {
        const QByteArray opening = R"({"Padding":")";
        delivery.tail = R"("})";
        delivery.fillerBytes = broken->argument - opening.size() - delivery.tail.size();
        out += "Content-Length: " + QByteArray::number(broken->argument) + "\r\n\r\n" + opening;
        return delivery;
    }
    if (is(Fault::Kind::ResetAt) || is(Fault::Kind::CutAt)) {
        out += "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n\r\n" + answer.body;
        out.truncate(std::min<qint64>(broken->argument, out.size() - 1));
        delivery.end = is(Fault::Kind::ResetAt) ? Delivery::End::Reset : Delivery::End::Close;
        return delivery;
    }
    if (is(Fault::Kind::CutChunked))
        out += "Transfer-Encoding: chunked\r\n\r\n" + (part ? QByteArray::number(part, 16) + "\r\n" : QByteArray());
    else if (is(Fault::Kind::CutNoLength))
        out += "\r\n";
    else
        out += "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n\r\n";
    out += broken ? answer.body.left(part) : answer.body;
    if (is(Fault::Kind::CutChunked) && part)
        out += "\r\n";
    if (is(Fault::Kind::Cut) || is(Fault::Kind::CutChunked) || is(Fault::Kind::CutNoLength))
        delivery.end = Delivery::End::Close;
    else if (is(Fault::Kind::ResetAfter))
        delivery.end = Delivery::End::Reset;
    else if (is(Fault::Kind::StallAfter))
        delivery.end = Delivery::End::Stall;
    return delivery;
}

} // namespace optout::demo
