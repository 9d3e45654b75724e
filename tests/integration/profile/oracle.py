# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""What botocore makes of files and an environment, without a call to anybody. `import awscli` before this module, and
botocore is the one inside the AWS CLI v2."""

import datetime
import os

import botocore.configprovider
import botocore.credentials as credentials
import botocore.exceptions
import botocore.session
import botocore.utils as utils

ENDPOINTS = hasattr(botocore.configprovider, "ConfiguredEndpointProvider")
SERVICES = ["pinpoint-sms-voice-v2", "sts", "sso", "sso-oidc"]
LATER = datetime.datetime(2100, 1, 1, tzinfo=datetime.timezone.utc)


class Fetcher:
    """Stands for whoever would call STS or the portal: remembers what it was to ask for."""

    def __init__(self, **arguments):
        self.arguments = arguments
        self.feature_ids = set()

    def fetch_credentials(self):
        raise AssertionError("nothing may be called")


def no_process(self, command):
    assert botocore.compat.compat_shell_split(command)
    return {"access_key": command, "secret_key": "x", "token": None, "expiry_time": None}


def no_container(self, full_url, headers=None):
    self._validate_allowed_url(full_url)
    return {"AccessKeyId": full_url, "SecretAccessKey": (headers or {}).get("Authorization", ""), "Token": "x",
            "Expiration": LATER.isoformat()}


def no_instance(self):
    if self._disabled:
        return {}
    return {"role_name": "x", "access_key": self._base_url, "secret_key": self._timeout, "token": self._num_attempts,
            "expiry_time": LATER.isoformat()}


def no_login(self):
    if "login_session" in self._load_config().get("profiles", {}).get(self._profile_name, {}):
        session = self._load_config()["profiles"][self._profile_name]["login_session"]
        return credentials.Credentials(session, "x", method="login")
    return None


for name in ("AssumeRoleCredentialFetcher", "AssumeRoleWithWebIdentityCredentialFetcher", "SSOCredentialFetcher"):
    setattr(credentials, name, Fetcher)
credentials.create_mfa_serial_refresher = lambda refresh: refresh
credentials.ProcessProvider._retrieve_credentials_using = no_process
utils.ContainerMetadataFetcher.retrieve_full_uri = no_container
utils.InstanceMetadataFetcher.retrieve_iam_role_credentials = no_instance
if hasattr(credentials, "LoginProvider"):
    credentials.LoginProvider.load = no_login


def describe(found):
    """In the form of profileprobe."""
    method = found.method
    if method in ("assume-role", "assume-role-with-web-identity", "sso"):
        asked = found._refresh_using.__self__.arguments
        if method == "assume-role":
            return ["role", asked["role_arn"], asked["extra_args"], describe(asked["source_credentials"])]
        if method == "sso":
            return ["sso", asked.get("sso_session_name", ""), asked["start_url"], asked["sso_region"], asked["account_id"],
                    asked["role_name"]]
        return ["web", asked["web_identity_token_loader"]._web_identity_token_path, asked["role_arn"],
                asked["extra_args"].get("RoleSessionName", "")]
    # Not by .access_key, which would renew.
    if method == "container-role":
        return ["container", found._access_key, found._secret_key]
    if method == "iam-role":
        return ["instance", found._access_key.rstrip("/"), found._secret_key, found._token]
    if method == "custom-process":
        return ["process", found.access_key]
    if method == "login":
        return ["login", found.access_key]
    return ["keys", method, found.access_key, found.secret_key, found.token or ""]


def ask(case):
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(case["environment"])
    session = botocore.session.Session()
    if case["profile"]:
        session.set_config_variable("profile", case["profile"])  # what the CLI does for --profile
    answer = {}
    try:
        scoped = session.get_scoped_config()
        profile = session.get_config_variable("profile") or "default"
        if profile in session.full_config["profiles"]:
            answer["section"] = scoped
    except botocore.exceptions.ConfigParseError as error:
        return {"fatal": str(error)}
    except botocore.exceptions.ProfileNotFound as error:
        return {"plan": {"missing": str(error)}}
    try:
        found = credentials.create_credential_resolver(session).load_credentials()
        answer["plan"] = describe(found) if found else ["nothing"]
    except Exception as error:  # pylint: disable=broad-except # each of them ends the CLI
        answer["plan"] = {"error": f"{type(error).__name__}: {error}"}
    region, fips, dual_stack, bundle = (session.get_config_variable(name) for name in (
        "region", "use_fips_endpoint", "use_dualstack_endpoint", "ca_bundle"))
    try:
        utils.validate_region_name(region)  # as whoever makes a client does
        if ENDPOINTS:
            answer["endpoints"] = [endpoint(session, service) for service in SERVICES]
        answer["settings"] = [region or "", bool(fips), bool(dual_stack), bundle or ""]
    except (botocore.exceptions.InvalidRegionError, botocore.exceptions.InvalidConfigError) as error:
        answer["refused"] = str(error)
    return answer


def endpoint(session, service):
    if session.get_config_variable("ignore_configured_endpoint_urls"):
        return ""
    return botocore.configprovider.ConfiguredEndpointProvider(
        full_config=session.full_config, scoped_config=session.get_scoped_config(), client_name=service).provide() or ""
