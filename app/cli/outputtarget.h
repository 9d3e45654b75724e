// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QString>

#include <memory>
#include <string_view>

class QFileDevice;

namespace optout {

//! Where an export goes. A plain file is written beside its place and takes it when it is whole: until then, and after
//! a failure, the place holds what it held before. Standard output, a pipe or a device cannot be taken back.
class OutputTarget final {
public:
    //! \param fileName "-" for standard output
    explicit OutputTarget(QString fileName);
    ~OutputTarget(); //!< without commit(): no file
    Q_DISABLE_COPY_MOVE(OutputTarget)

    //! The errors of all are Storage and name the file.
    Result<Done> open();
    Result<Done> write(std::string_view bytes);
    Result<Done> empty(); //!< begins anew; only if it can be taken back
    Result<Done> commit(); //!< puts the file in its place; flushed to the disk before

    bool canBeTakenBack() const noexcept; //!< once open: a plain file
    QString name() const; //!< for messages

private:
    Error failed(const QString &what) const;
    Error failed(const QString &what, const QString &why) const;

    QString m_fileName;
    std::unique_ptr<QFileDevice> m_device;
    bool m_replaces = false;
};

} // namespace optout
