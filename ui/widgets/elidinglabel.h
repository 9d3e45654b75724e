// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

namespace optout {

//! One line of plain text that is cut with an ellipsis where it does not fit, and told in full by its tool tip and to
//! assistive tools. It takes whatever width there is, so a long text never widens the window.
class ElidingLabel final : public QLabel {
    Q_OBJECT
public:
    explicit ElidingLabel(QWidget *parent = nullptr);

    void setFullText(const QString &text);
    //! For a text that changes often: assistive tools are told \a spoken, and nothing while that is the same.
    void setFullText(const QString &text, const QString &spoken);
    QString fullText() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void elide();

    QString m_text;
};

} // namespace optout
