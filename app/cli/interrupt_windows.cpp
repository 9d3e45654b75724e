// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/interrupt.h"

#include <QMutex>

#include <windows.h>

namespace optout {

namespace {

QMutex listenerMutex;
Interrupt *listener = nullptr;

// Called by the system in a thread of its own.
BOOL WINAPI handleControl(DWORD)
{
    const QMutexLocker locker(&listenerMutex);
    if (!listener)
        return FALSE;
    QMetaObject::invokeMethod(listener, &Interrupt::requested, Qt::QueuedConnection);
    listener = nullptr; // a second Ctrl+C ends the process
    return TRUE;
}

} // namespace

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    const QMutexLocker locker(&listenerMutex);
    listener = this;
    SetConsoleCtrlHandler(handleControl, TRUE);
}

Interrupt::~Interrupt()
{
    SetConsoleCtrlHandler(handleControl, FALSE);
    const QMutexLocker locker(&listenerMutex);
    listener = nullptr;
}

} // namespace optout
