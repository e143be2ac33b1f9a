"""The sync and the async client: the only two places that touch the network."""

from workfront_core.async_client import AsyncClient as AsyncClient
from workfront_core.connection import DEFAULT_TIMEOUT as DEFAULT_TIMEOUT
from workfront_core.free_request import Parameters as Parameters
from workfront_core.free_request import free_request as free_request
from workfront_core.sync_client import SyncClient as SyncClient
