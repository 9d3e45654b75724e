// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "numbertablefixture.h"

#include "unit/store/scarcememory.h"

using namespace optout;
using namespace Qt::Literals::StringLiterals;

//! The worker that filters and sorts gets no memory.
class TestNumberTableMemory final : public QObject, private NumberTableFixture {
    Q_OBJECT

    static constexpr std::size_t rows = 60'000; // more than are sorted without memory of their own
    static constexpr std::size_t tooLittle = 20'000; // bytes in one piece; an order of those rows takes 2 for each
    const SortSpec m_byNumber { .key = SortSpec::Key::Number };

    void checkError(const QSignalSpy &failed) const
    {
        const auto error = failed.at(0).at(0).value<Error>();
        QCOMPARE(error.kind, Error::Kind::Storage);
        QVERIFY2(error.detail.contains(u"memory"_s, Qt::CaseInsensitive), qPrintable(error.detail));
    }

private slots:
    void init()
    {
        m_random = SampleRows(1);
        m_loaded.clear();
        useModel(std::make_unique<NumberTableModel>());
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void aViewThatCannotBeBuiltLeavesTheOneBefore()
    {
        appendRows(rows);
        waitUntilShown();
        QSignalSpy failed(m_model.get(), &NumberTableModel::storeFailed);
        {
            const ScarceMemory scarce(tooLittle);
            m_model->setSort(m_byNumber);
            QTRY_COMPARE(failed.size(), 1);
        }
        checkError(failed);
        QCOMPARE(m_model->query(), RowQuery());
        QVERIFY(!m_model->isUpdating());
        checkView();
        m_model->setSort(m_byNumber); // there is memory again
        QTRY_VERIFY(!m_model->isUpdating());
        QCOMPARE(m_model->query().sort, m_byNumber);
        checkView();
        QCOMPARE(failed.size(), 1);
    }

    //! After the last rows nothing asks the view to grow any more.
    void rowsThatCannotBeTakenInAreTriedAgain()
    {
        appendRows(100);
        m_model->setSort(m_byNumber);
        waitUntilShown();
        QSignalSpy failed(m_model.get(), &NumberTableModel::storeFailed);
        {
            const ScarceMemory scarce(tooLittle);
            appendRows(rows);
            m_model->flush();
            QTRY_COMPARE(failed.size(), 1);
        }
        checkError(failed);
        QCOMPARE(m_model->query().sort, m_byNumber);
        QCOMPARE(m_model->rowCount(), 100);
        QCOMPARE(m_model->loadedRows(), quint32(m_loaded.size()));
        waitUntilShown(); // by itself
        checkView();
    }
};

QTEST_GUILESS_MAIN(TestNumberTableMemory)
#include "tst_numbertablememory.moc"
