# SPDX-FileCopyrightText: 2026 The Opt-Out Browser authors
# SPDX-License-Identifier: MIT
"""botocore's copy of the service model, with what it lacks in Debian 12."""

import botocore.session
from botocore.loaders import Loader
from botocore.model import ServiceModel

SERVICE = "pinpoint-sms-voice-v2"


def description():
    model = Loader().load_service_model(SERVICE, "service-2")
    # The model is of 2022; Owner came later.
    shapes = model["shapes"]
    shapes.setdefault("Owner", {"type": "string", "enum": ["SELF", "SHARED"]})
    shapes["DescribeOptOutListsRequest"]["members"].setdefault("Owner", {"shape": "Owner"})
    return model


def service_model():
    return ServiceModel(description(), SERVICE)


class PatchedLoader(Loader):
    """For whole clients: botocore asks its loader by name."""

    def load_service_model(self, service_name, type_name, api_version=None):
        if (service_name, type_name) == (SERVICE, "service-2"):
            return description()
        return super().load_service_model(service_name, type_name, api_version)


def client(**options):
    session = botocore.session.Session()
    session.register_component("data_loader", PatchedLoader())
    return session.create_client(SERVICE, **options)
