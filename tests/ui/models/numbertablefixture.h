// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/numbertablemodel.h"
#include "unit/store/samplerows.h"

#include <QAbstractItemModelTester>
#include <QtTest>

#include <memory>
#include <utility>
#include <vector>

namespace optout {

inline NumberFilter by(OptedOutBy who) { return { .by = who }; }

inline NumberFilter numbered(const QString &pattern) { return { .number = *NumberPattern::parse(pattern) }; }

//! A model under a tester, and what was loaded into it.
class NumberTableFixture {
protected:
    static constexpr quint32 fewInserted = 700;

    void useModel(std::unique_ptr<NumberTableModel> model)
    {
        m_tester.reset();
        m_model = std::move(model);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    // Shows what it loads by and by.
    void useModelThatInsertsFew()
    {
        useModel(std::make_unique<NumberTableModel>(nullptr, NumberTableModel::mostRows, fewInserted));
    }

    void appendRows(std::size_t count)
    {
        auto rows = m_random.rows(count);
        m_loaded.insert(m_loaded.end(), rows.begin(), rows.end());
        m_model->append(std::move(rows));
    }

    void waitUntilShown()
    {
        QTRY_VERIFY(!m_model->isUpdating() && m_model->exportSource().order->judgedRows() == m_model->loadedRows()
            && m_model->exportSource().order->size() == m_model->shownRows());
    }

    // What the model shows against what was loaded: the query's own order, through the model's indexes.
    void checkView()
    {
        QCOMPARE(m_model->loadedRows(), quint32(m_loaded.size()));
        const auto expected = buildOrder(m_model->exportSource().rows, m_model->query());
        QCOMPARE(m_model->rowCount(), int(expected->size()));
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const quint32 storeRow = expected->storeRow(quint32(row));
            QCOMPARE(m_model->storeRow(row), storeRow);
            QCOMPARE(m_model->index(row, 0).data().toString(), QString::fromStdString(m_loaded[storeRow].number));
        }
    }

    SampleRows m_random { 1 };
    std::vector<OptedOutNumber> m_loaded;
    std::unique_ptr<NumberTableModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

} // namespace optout
