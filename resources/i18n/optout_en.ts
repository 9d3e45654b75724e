<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>optout::DesktopPresence</name>
    <message numerus="yes">
        <source>%Ln numbers</source>
        <extracomment>%Ln is the count of loaded numbers</extracomment>
        <translation>
            <numerusform>%Ln number</numerusform>
            <numerusform>%Ln numbers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reads have ended</source>
        <translation>
            <numerusform>%n read has ended</numerusform>
            <numerusform>%n reads have ended</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>optout::ExportDialog</name>
    <message numerus="yes">
        <source>%Ln numbers are loaded so far. Export what is loaded when the file is chosen, or finish reading first? Then the file is written as soon as the list is complete.</source>
        <extracomment>%Ln is the count of loaded numbers</extracomment>
        <translation>
            <numerusform>%Ln number is loaded so far. Export what is loaded when the file is chosen, or finish reading first? Then the file is written as soon as the list is complete.</numerusform>
            <numerusform>%Ln numbers are loaded so far. Export what is loaded when the file is chosen, or finish reading first? Then the file is written as soon as the list is complete.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>optout::FindBar</name>
    <message numerus="yes">
        <source>%Ln hits</source>
        <translation>
            <numerusform>%Ln hit</numerusform>
            <numerusform>%Ln hits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hits so far</source>
        <translation>
            <numerusform>%Ln hit so far</numerusform>
            <numerusform>%Ln hits so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>optout::KeepingBar</name>
    <message numerus="yes">
        <source>%Ln numbers</source>
        <extracomment>%Ln is the count of loaded numbers</extracomment>
        <translation>
            <numerusform>%Ln number</numerusform>
            <numerusform>%Ln numbers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>optout::SignInText</name>
    <message numerus="yes">
        <source>Sign-in ends in less than %n minute(s)</source>
        <translation>
            <numerusform>Sign-in ends in less than %n minute</numerusform>
            <numerusform>Sign-in ends in less than %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sign-in holds for %n minute(s)</source>
        <translation>
            <numerusform>Sign-in holds for %n minute</numerusform>
            <numerusform>Sign-in holds for %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>optout::StatusText</name>
    <message numerus="yes">
        <source>%Ln numbers</source>
        <translation>
            <numerusform>%Ln number</numerusform>
            <numerusform>%Ln numbers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln calls</source>
        <translation>
            <numerusform>%Ln call</numerusform>
            <numerusform>%Ln calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n seconds left</source>
        <translation>
            <numerusform>about %n second left</numerusform>
            <numerusform>about %n seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minutes left</source>
        <translation>
            <numerusform>about %n minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n days left</source>
        <translation>
            <numerusform>about %n day left</numerusform>
            <numerusform>about %n days left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hours left</source>
        <translation>
            <numerusform>about %n hour left</numerusform>
            <numerusform>about %n hours left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>optout::TestVerdict</name>
    <message numerus="yes">
        <source>Account %1 has %n opt-out list(s) in %2.</source>
        <extracomment>%1 is an account number, %2 a region</extracomment>
        <translation>
            <numerusform>Account %1 has %n opt-out list in %2.</numerusform>
            <numerusform>Account %1 has %n opt-out lists in %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signing in works, but %n permission(s) is missing.</source>
        <translation>
            <numerusform>Signing in works, but %n permission is missing.</numerusform>
            <numerusform>Signing in works, but %n permissions are missing.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>optout::WelcomePage</name>
    <message numerus="yes">
        <source>and %n more under Connect to AWS…</source>
        <translation>
            <numerusform>and %n more under Connect to AWS…</numerusform>
            <numerusform>and %n more under Connect to AWS…</numerusform>
        </translation>
    </message>
</context>
</TS>
