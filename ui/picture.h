// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

class QWidget;

namespace optout {

class Browser;

//! Saves a picture of the window as soon as a list has been read, and ends the program: with status 1 if the list
//! could not be read or the file not written.
class Picture final : public QObject {
    Q_OBJECT
public:
    //! Browser must outlive this object, which belongs to the window.
    Picture(Browser &browser, QWidget &window, const QString &fileName);

private:
    void follow();
    void take();

    Browser &m_browser;
    QWidget &m_window;
    QString m_fileName;
    QTimer m_settle; // lets the rows be laid out and painted
};

} // namespace optout
