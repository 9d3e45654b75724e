# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""Random pairs of config and credentials files, with an environment each."""

import os

NAMES = ["default", "dev", "base", "prod", "two words"]
ROLE = "arn:aws:iam::111122223333:role/"


class Maker:
    def __init__(self, random, folder):
        self.random = random
        self.folder = folder

    def chance(self, share):
        return self.random.random() < share

    def any_case(self, name):
        return self.random.choice([name] * 6 + [name.upper(), name.title()])

    def line(self, name, value):
        sign = self.random.choice([" = "] * 6 + ["=", " =", "= ", ": ", ":", " :  ", "\t=\t"])
        tail = self.random.choice([""] * 8 + [" ", "\t", "  # not a comment", " ; neither"]) if self.chance(0.3) else ""
        return f"{self.any_case(name)}{sign}{value}{tail}"

    def header(self, kind, name):
        if kind == "profile" and name == "default" and self.chance(0.8):
            return "[default]"
        if kind == "credentials":
            return f"[{name}]"
        quoted = self.random.choice([f'"{name}"', f"'{name}'"]) if " " in name or self.chance(0.15) else name
        space = self.random.choice([" "] * 6 + ["  ", "\t"])
        return f"[{kind}{space}{quoted}{self.random.choice([''] * 6 + [' '])}]" + self.random.choice([""] * 8 + ["  ; x"])

    def keys(self):
        out = []
        stem = self.random.choice("ABCDEF")
        if self.chance(0.93):
            out.append(("aws_access_key_id", "AKIAIOSFODNN7" + stem))
        if self.chance(0.93):
            out.append(("aws_secret_access_key", f"secret/{stem}+=/x"))
        if self.chance(0.3):
            out.append((self.random.choice(["aws_session_token", "aws_session_token", "aws_security_token"]), f"token{stem}=="))
        return out

    def role(self):
        out = [("role_arn", ROLE + self.random.choice("RST"))]
        if self.chance(0.85):
            out.append(("source_profile", self.random.choice(NAMES + ["default", "base", "missing"])))
        if self.chance(0.2):
            out.append(("credential_source", self.random.choice(
                ["Environment", "Ec2InstanceMetadata", "EcsContainer", "environment", "Unknown"])))
        for name, value in [("external_id", "id-1"), ("mfa_serial", "arn:aws:iam::111122223333:mfa/ann"),
                            ("role_session_name", "ann"), ("duration_seconds", self.random.choice(["900", "3600", "x", "60", " 1000"]))]:
            if self.chance(0.25):
                out.append((name, value))
        if self.chance(0.12):
            out.append(("web_identity_token_file", "/tmp/token"))
        return out

    def sso(self):
        out = []
        for name, value, share in [("sso_session", self.random.choice(["corp", "corp", "other", "none"]), 0.6),
                                   ("sso_account_id", "111122223333", 0.9), ("sso_role_name", "Reader", 0.9),
                                   ("sso_start_url", "https://corp.awsapps.com/start", 0.5), ("sso_region", "us-east-1", 0.5)]:
            if self.chance(share):
                out.append((name, value))
        return out

    def settings(self, common):
        out = []
        for make, share in [(self.keys, 0.45), (self.role, 0.3), (self.sso, 0.15)]:
            if self.chance(share):
                out += make()
        if self.chance(0.12):
            out.append(("credential_process", self.random.choice(["/bin/keys --all", "'/opt/my keys/get' \"a b\""])))
        if self.chance(0.05):
            out.append(("web_identity_token_file", "/tmp/token"))
        if self.chance(0.05):
            out.append(("login_session", "arn:aws:iam::111122223333:user/ann"))
        if common:
            for name, values in [("region", ["eu-west-1", "us-west-2"]), ("output", ["json"]),
                                 ("use_fips_endpoint", ["true", "TRUE", "false", "yes"]),
                                 ("use_dualstack_endpoint", ["true", "false"]), ("ca_bundle", ["/etc/ca.pem"]),
                                 ("services", ["local", "local", "gone"]), ("endpoint_url", ["https://all.example"]),
                                 ("ignore_configured_endpoint_urls", ["true", "false"]),
                                 ("metadata_service_timeout", ["2", "2", "x"]), ("metadata_service_num_attempts", ["3"]),
                                 ("ec2_metadata_service_endpoint_mode", ["IPv6", "ipv4", "ipv5"])]:
                if self.chance(0.35 if name in ("region", "output") else 0.1):
                    out.append((name, self.random.choice(values)))
        self.random.shuffle(out)
        seen = set()  # the same setting twice is an error; one case in a hundred keeps it
        return [(n, v) for n, v in out if self.chance(0.002) or not (n in seen or seen.add(n))]

    def section(self, kind, name, settings):
        lines = [self.header(kind, name)]
        for setting, value in settings:
            lines.append(self.line(setting, value))
            if self.chance(0.04):
                lines.append(self.random.choice(["  more of it", "\tmore", "\n  after an empty line", "  # x\n  more"]))
            if self.chance(0.1):
                lines.append(self.random.choice(["", "# a comment", "; a comment", "   # an indented one", "\n"]))
        if self.chance(0.15):
            lines += ["s3 =", *self.random.choice([["  max_queue_size = 10", "  Addressing_Style = path"],
                                                   ["", "  a = b = c"], ["\tx=y", "  # z", "\tv ="]])]
        if self.chance(0.1):
            indent = self.random.choice([" ", "  ", "\t"])
            lines = [lines[0]] + [indent + line for line in lines[1:]]
        return lines + [""] * self.random.randrange(3)

    def odd(self, text):
        """One in six files has something in it that people's files have, too."""
        lines = text.split("\n")
        at = self.random.randrange(len(lines) + 1)
        kind = self.random.randrange(12)
        if kind == 0:
            return text.replace("\n", "\r\n")
        if kind == 1:
            return "\ufeff" + text
        if kind == 2:
            return text.replace("secret", "sec\0ret")
        if kind == 3:
            return "region = before\n" + text
        if kind == 4:
            return "[DEFAULT]\nregion = eu-north-1\nOutput: text\n" + text
        if kind == 5:
            return text + "\n[default]\nregion = again\n"
        if kind == 6:
            return text.replace("[", "[ ", 1)
        extra = self.random.choice(["rubbish", "= no name", "[open", "[]", "[plain]", "[profile]", "[profile a b]",
                                    '[profile "open]', "x" * 100_000, "name_only =", "[preview]", "  indented = yes",
                                    "[DEFAULT]", "größe = \u00a0ß\u2003", "[profiles late]\nregion = eu-south-1"])
        return "\n".join(lines[:at] + [extra] + lines[at:])

    def file(self, kind, common):
        lines = []
        for name in self.random.sample(NAMES, self.random.randint(0, len(NAMES))):
            lines += self.section(kind, name, self.settings(common))
        if kind == "profile":
            for name in ("corp", "other"):
                if self.chance(0.6):
                    lines += self.section("sso-session", name, [(n, v) for n, v in [
                        ("sso_start_url", "https://corp.awsapps.com/start"),
                        ("sso_region", self.random.choice(["us-east-1", "us-east-1", "eu-west-1"])),
                        ("sso_registration_scopes", "sso:account:access")] if self.chance(0.9)])
            if self.chance(0.6):
                lines += ["[services local]", "sts =", "  endpoint_url = https://sts.example", "sso =", "  other = x"]
        text = "\n".join(lines) + self.random.choice(["\n", ""])
        if self.chance(1 / 6):
            text = self.odd(text)
        data = text.encode()
        return data.replace(b"secret", b"sec\xffret", 1) if self.chance(0.02) else data

    def environment(self):
        container = self.random.choice(["http://127.0.0.1:9/x", "http://localhost/x", "http://x.example/", "http://169.254.170.2/y"])
        token_file = os.path.join(self.folder, "container-token")
        shares = {
            "AWS_PROFILE": (NAMES + ["missing", ""], 0.2), "AWS_DEFAULT_PROFILE": (NAMES, 0.08),
            "AWS_ACCESS_KEY_ID": (["AKIAENV", "AKIAENV", ""], 0.25), "AWS_SECRET_ACCESS_KEY": (["env/secret"], 0.25),
            "AWS_SESSION_TOKEN": (["envtoken"], 0.15), "AWS_SECURITY_TOKEN": (["oldtoken"], 0.05),
            "AWS_REGION": (["ap-south-1", ""], 0.15), "AWS_DEFAULT_REGION": (["sa-east-1"], 0.2),
            "AWS_ROLE_ARN": ([ROLE + "E"], 0.1), "AWS_WEB_IDENTITY_TOKEN_FILE": (["/tmp/envtoken", ""], 0.1),
            "AWS_ROLE_SESSION_NAME": (["envname"], 0.1),
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": (["/v2/x", "@x.example/"], 0.08),
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": ([container], 0.1),
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": (["ctoken", "with\nbreak"], 0.1),
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": ([token_file], 0.05),
            "AWS_EC2_METADATA_DISABLED": (["true", "TRUE", "false", "1"], 0.3),
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": (["http://127.0.0.1:99/", "http://[::1]"], 0.05),
            "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": (["IPv6", "IPv4"], 0.05),
            "AWS_IMDS_USE_IPV6": (["true"], 0.05), "AWS_METADATA_SERVICE_TIMEOUT": (["4", " 5 "], 0.08),
            "AWS_METADATA_SERVICE_NUM_ATTEMPTS": (["2"], 0.08),
            "AWS_USE_FIPS_ENDPOINT": (["true", "false", ""], 0.1), "AWS_USE_DUALSTACK_ENDPOINT": (["True"], 0.1),
            "AWS_CA_BUNDLE": (["/env/ca.pem"], 0.1), "AWS_ENDPOINT_URL": (["https://env.example"], 0.1),
            "AWS_ENDPOINT_URL_STS": (["https://envsts.example", ""], 0.1),
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": (["true", "false"], 0.05),
        }
        return {name: self.random.choice(values) for name, (values, share) in shares.items() if self.chance(share)}

    def case(self, number):
        """Writes the two files and returns what both sides are asked."""
        config = os.path.join(self.folder, f"{number}.config")
        credentials = os.path.join(self.folder, f"{number}.credentials")
        for path, kind, common in [(config, "profile", True), (credentials, "credentials", False)]:
            if self.chance(0.92):
                with open(path, "wb") as file:
                    file.write(self.file(kind, common))
        environment = self.environment()
        environment["AWS_CONFIG_FILE"] = config
        environment["AWS_SHARED_CREDENTIALS_FILE"] = credentials
        profile = self.random.choice(NAMES + ["default", "dev", "missing"]) if self.chance(0.4) else None
        return {"environment": environment, "profile": profile}
