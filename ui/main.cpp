// SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
// SPDX-License-Identifier: MIT

#include "cli/cli.h"
#include "core/bigblocks.h"
#include "demo/demoendpoint.h"
#include "dialogs/windowprompt.h"
#include "guioptions.h"
#include "net/proxysettings.h"
#include "net/systemnetworkwatch.h"
#include "picture.h"
#include "presenters/browser.h"
#include "presenters/connectionsources.h"
#include "profile/configwatch.h"
#include "secrets/keychainstore.h"
#include "services.h"
#include "settings/settings.h"
#include "widgets/icons.h"
#include "widgets/mainwindow.h"
#include "widgets/readablepalette.h"

#include <QApplication>
#include <QDesktopServices>
#include <QFontDatabase>
#include <QImageReader>
#include <QLocale>
#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <QTranslator>

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

using namespace optout;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

QStringList argumentsOf(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);
    return arguments;
}

// Without a display Qt ends the program with a core dump. A picture needs none; for the rest there is something to say.
bool findDisplay(const GuiOptions &options, const QStringList &arguments)
{
#ifdef Q_OS_LINUX
    const auto isSet = [](const char *name) { return !qEnvironmentVariableIsEmpty(name); };
    if (isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("QT_QPA_PLATFORM") || arguments.contains("-platform"_L1))
        return true;
    if (options.picture.isEmpty())
        return false;
    qputenv("QT_QPA_PLATFORM", "offscreen");
#endif
    Q_UNUSED(options)
    Q_UNUSED(arguments)
    return true;
}

Result<QString> startDemo(std::unique_ptr<DemoEndpoint> &endpoint, quint32 rows, ConnectionList &connections)
{
    if (!endpoint) {
        auto fresh = std::make_unique<DemoEndpoint>();
        const Result<Done> started = fresh->start({ .rows = rows });
        if (!started)
            return started.error();
        endpoint = std::move(fresh);
    }
    connections.setDemo(endpoint->url().toString(), DemoEndpoint::region(), DemoEndpoint::credentials());
    for (const Connection &connection : connections.all()) {
        if (connection.source == Connection::Source::Demo)
            return connection.id;
    }
    return Error { .kind = Error::Kind::Internal };
}

// What the command line asks for, else what was looked at last. The files of the AWS CLI have been read by now.
void openFirst(Browser &browser, const GuiOptions &options)
{
    if (!options.profile.isEmpty()) {
        const QString id = profileConnectionId(options.profile);
        // A profile that is not there is told of by signing in with it.
        browser.session().connectTo(browser.connections().find(id).value_or(
            connectionOfProfile(options.profile, ServiceSettings { .region = options.region })));
        return;
    }
    const bool fromEnvironment = !options.region.isEmpty() || !options.endpointUrl.isEmpty();
    browser.session().connectTo(fromEnvironment ? environmentConnectionId() : browser.settings().lastConnectionId());
}

// Reading the system's fonts is four tenths of what a bare window with a table executes until it is painted (Qt 6.4 on
// Debian 12). A worker does it while the first calls are made, and loads the plugins for images. Qt guards both with
// mutexes (fontDatabaseMutex, QFactoryLoader's); who needs them sooner waits no longer than to do it itself. On Linux
// only, where it was tried.
void loadAhead()
{
#ifdef Q_OS_LINUX
    QThreadPool::globalInstance()->start([] {
        QFontDatabase::families();
        QImageReader::supportedImageFormats();
    });
#endif
}

// Calls a function once: as soon as something that the browser tells of makes isReady() true, or after a tenth of a
// second; not after the context is gone.
void callWhen(
    QObject &context, Browser &browser, const std::function<bool()> &isReady, const std::function<void()> &then)
{
    constexpr auto patience = 100ms;
    auto *waiting = new QObject(&context);
    const auto call = [waiting, then, isCalled = std::make_shared<bool>(false)] {
        if (std::exchange(*isCalled, true))
            return;
        waiting->deleteLater();
        then();
    };
    const auto look = [isReady, call] {
        if (isReady())
            call();
    };
    QObject::connect(&browser, &Browser::countsChanged, waiting, look);
    QObject::connect(&browser, &Browser::updatingChanged, waiting, look);
    QObject::connect(&browser, &Browser::readStateChanged, waiting, look);
    QObject::connect(&browser.lists(), &ListsPresenter::changed, waiting, look);
    QObject::connect(&browser.session(), &BrowserSession::changed, waiting, look);
    QTimer::singleShot(patience, waiting, call);
    look();
}

// Whether the demo has something to show: rows, or that there will be none.
bool isWorthShowing(Browser &browser)
{
    const ReadStatus::State read = browser.read().status().state;
    const BrowserSession::State session = browser.session().state();
    return browser.model().rowCount() > 0 || read == ReadStatus::State::Complete || read == ReadStatus::State::Failed
        || browser.lists().state() == ListsPresenter::State::Failed || session == BrowserSession::State::Failed
        || session == BrowserSession::State::SignInNeeded;
}

int runWindow(int argc, char **argv, const GuiOptions &options)
{
    QApplication app(argc, argv);
    loadAhead();
    QApplication::setApplicationName(u"optout-browser"_s);
    QApplication::setApplicationDisplayName(u"Opt-Out Browser"_s);
    QApplication::setApplicationVersion(QStringLiteral(OPTOUT_VERSION));
    QGuiApplication::setDesktopFileName(u"io.github.optoutbrowser.OptOutBrowser"_s);
    QApplication::setWindowIcon(themedIcon(u"io.github.optoutbrowser.OptOutBrowser"_s));
    if (const std::optional<QPalette> readable = withReadablePlaceholders(QApplication::palette()))
        QApplication::setPalette(*readable);
    QTranslator translator;
    if (translator.load(QLocale(), u"optout"_s, u"_"_s, u":/i18n"_s) || translator.load(u":/i18n/optout_en.qm"_s))
        QCoreApplication::installTranslator(&translator);

    const Environment environment = Environment::ofProcess();
    SystemClock clock;
    SystemNetworkWatch network(clock);
    Settings settings;
    KeychainStore keychain;
    WindowPrompt prompt(clock, &QDesktopServices::openUrl);
    Transports transports(
        {}, ProxySettings::of([&environment](const QString &name) { return environment.find(name); }), &prompt);
    ConnectionList connections(settings, keychain, environment);
    std::unique_ptr<DemoEndpoint> demo;
    Services services({ .transports = transports,
        .clock = clock,
        .network = network,
        .prompt = prompt,
        .connections = connections,
        .environment = environment });
    const auto applySettings = [&] {
        services.setReading({ .headroom = settings.headroomPercent() / 100.0, .fixedRate = settings.maxRate() },
            settings.giveUpAfter());
    };
    applySettings();
    ReadKeeper keeper({ .store = keychain, .settings = settings, .clock = clock });
    Browser browser({ .connections = connections,
        .settings = settings,
        .clock = clock,
        .prepareSignIn = std::bind_front(&Services::prepare, &services),
        .serviceFactory = std::bind_front(&Services::make, &services),
        .startDemo = [&] { return startDemo(demo, options.demoRows, connections); },
        .keeper = &keeper });
    ConfigWatch config(environment);
    bool opened = options.demo; // it needs none of the files
    QObject::connect(&config, &ConfigWatch::configChanged, &browser, [&](const SharedConfig &now) {
        connections.setConfig(now, [&environment](const SharedConfig &files, const ProfileChoice &profile) {
            return serviceSettings(files, environment, profile);
        });
        if (!std::exchange(opened, true))
            openFirst(browser, options);
    });
    std::unique_ptr<MainWindow> window;
    QObject opening; // gone before what is waited for
    const auto openWindow = [&] {
        window = std::make_unique<MainWindow>(browser);
        QObject::connect(window.get(), &MainWindow::settingsChanged, window.get(), [&] {
            applySettings();
            if (!settings.keepsUnfinishedReads().value_or(true))
                keeper.stopKeeping();
        });
        prompt.setWindow(window.get());
        if (!options.picture.isEmpty())
            new Picture(browser, *window, options.picture);
        // The filter and the order of the last time hold for rows that are there already.
        const auto isSettled = [&] { return !browser.model().isUpdating(); };
        callWhen(opening, browser, isSettled, [&] { window->show(); });
    };
    // The demo's first rows come within milliseconds: a window that is there before would flash empty, and be laid out
    // and painted twice.
    if (options.demo && browser.openDemo())
        callWhen(opening, browser, std::bind_front(&isWorthShowing, std::ref(browser)), openWindow);
    else
        openWindow();
    keeper.find();
    config.start();
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    growBigBlocksInPlace();
    const QStringList arguments = argumentsOf(argc, argv);
    if (isHeadless(arguments))
        return runHeadless(argc, argv);
    const Result<GuiOptions> options = GuiOptions::parse(arguments);
    if (!options) {
        std::fprintf(stderr, "optout-browser: %s\n", qUtf8Printable(options.error().detail));
        return 2;
    }
    if (options->version) {
        std::printf("%s\n", qUtf8Printable(versionText()));
        return 0;
    }
    if (options->help) {
        std::printf("%s\n%s", qUtf8Printable(GuiOptions::helpText()), qUtf8Printable(headlessHelp()));
        return 0;
    }
    if (!findDisplay(*options, arguments)) {
        std::fputs("optout-browser: there is no display for the window. \"optout-browser export --help\" tells what "
                   "works without one.\n",
            stderr);
        return 1;
    }
    // For this program they are what the environment says; the connection of the environment takes them from there.
    if (!options->region.isEmpty())
        qputenv("AWS_REGION", options->region.toUtf8());
    if (!options->endpointUrl.isEmpty())
        qputenv("AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2", options->endpointUrl.toUtf8());
    return runWindow(argc, argv, *options);
}
