"""The engine that generated Workfront packages stand on, and its front door: every public name that no API version has.

Generated packages offer the same names, so that two lines of imports do::

    from workfront_client import ApiKey, TODAY, days, exists
    from workfront_client.v22 import Task, Workfront

Names are imported when they are first used. All other modules are private: they may move in any release.
"""

from typing import TYPE_CHECKING

from workfront_core.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from workfront_core.auth.cookie_session import CookieSession as CookieSession
    from workfront_core.auth.ims import ImsServer as ImsServer
    from workfront_core.auth.jwt import JwtFlow as JwtFlow
    from workfront_core.auth.login import Login as Login
    from workfront_core.auth.oauth import AuthorizationCode as AuthorizationCode
    from workfront_core.auth.oauth import Pkce as Pkce
    from workfront_core.auth.static import Anonymous as Anonymous
    from workfront_core.auth.static import ApiKey as ApiKey
    from workfront_core.auth.static import Auth as Auth
    from workfront_core.auth.static import ImsToken as ImsToken
    from workfront_core.auth.static import SessionId as SessionId
    from workfront_core.auth.token_store import FileStore as FileStore
    from workfront_core.auth.token_store import KeyringStore as KeyringStore
    from workfront_core.auth.tokens import Token as Token
    from workfront_core.bulk.results import BulkError as BulkError
    from workfront_core.bulk.results import BulkProgress as BulkProgress
    from workfront_core.bulk.results import BulkResult as BulkResult
    from workfront_core.bulk.results import RowResult as RowResult
    from workfront_core.bulk.results import RowStatus as RowStatus
    from workfront_core.bulk.rows import RowInput as RowInput
    from workfront_core.client._async.client import AsyncClient as AsyncClient
    from workfront_core.client._sync.client import SyncClient as SyncClient
    from workfront_core.errors.kinds import AuthenticationError as AuthenticationError
    from workfront_core.errors.kinds import Conflict as Conflict
    from workfront_core.errors.kinds import DeadlineExceeded as DeadlineExceeded
    from workfront_core.errors.kinds import FileError as FileError
    from workfront_core.errors.kinds import Gone as Gone
    from workfront_core.errors.kinds import InvalidRequest as InvalidRequest
    from workfront_core.errors.kinds import NotFound as NotFound
    from workfront_core.errors.kinds import PermissionDenied as PermissionDenied
    from workfront_core.errors.kinds import ProtocolError as ProtocolError
    from workfront_core.errors.kinds import QueryError as QueryError
    from workfront_core.errors.kinds import RateLimited as RateLimited
    from workfront_core.errors.kinds import ServerError as ServerError
    from workfront_core.errors.kinds import TransportError as TransportError
    from workfront_core.errors.kinds import Truncated as Truncated
    from workfront_core.errors.kinds import Unreachable as Unreachable
    from workfront_core.errors.kinds import WorkfrontError as WorkfrontError
    from workfront_core.errors.kinds import WriteRefused as WriteRefused
    from workfront_core.models.field_not_loaded import FieldNotLoaded as FieldNotLoaded
    from workfront_core.models.model import WorkfrontObject as WorkfrontObject
    from workfront_core.operations.access_rules import AccessGrant as AccessGrant
    from workfront_core.operations.access_rules import AccessorKind as AccessorKind
    from workfront_core.operations.access_rules import CoreAction as CoreAction
    from workfront_core.operations.custom_form import CustomForm as CustomForm
    from workfront_core.operations.custom_values import raw_custom as raw_custom
    from workfront_core.paging._async.pager import AsyncPager as AsyncPager
    from workfront_core.paging._sync.pager import Pager as Pager
    from workfront_core.paging.cursor import Cursor as Cursor
    from workfront_core.profiles.profile import Profile as Profile
    from workfront_core.profiles.profile import load_profile as load_profile
    from workfront_core.query.condition import FilterCondition as FilterCondition
    from workfront_core.query.condition import all_of as all_of
    from workfront_core.query.condition import any_of as any_of
    from workfront_core.query.custom_field import custom as custom
    from workfront_core.query.exists import exists as exists
    from workfront_core.query.exists import not_exists as not_exists
    from workfront_core.query.exists import outer as outer
    from workfront_core.query.language.parsing import parse as parse
    from workfront_core.query.language.syntax_error import ConditionSyntaxError as ConditionSyntaxError
    from workfront_core.query.language.values import UnknownCodeWarning as UnknownCodeWarning
    from workfront_core.query.order import Order as Order
    from workfront_core.query.raw import raw as raw
    from workfront_core.query.raw import raw_field as raw_field
    from workfront_core.query.raw import raw_parameters as raw_parameters
    from workfront_core.query.text_mode import text_mode as text_mode
    from workfront_core.query.wildcard import ACCOUNT_REPRESENTATIVE as ACCOUNT_REPRESENTATIVE
    from workfront_core.query.wildcard import CUSTOMER as CUSTOMER
    from workfront_core.query.wildcard import NOW as NOW
    from workfront_core.query.wildcard import TODAY as TODAY
    from workfront_core.query.wildcard import USER as USER
    from workfront_core.query.wildcard import days as days
    from workfront_core.query.wildcard import hours as hours
    from workfront_core.query.wildcard import months as months
    from workfront_core.query.wildcard import quarters as quarters
    from workfront_core.query.wildcard import weeks as weeks
    from workfront_core.query.wildcard import years as years
    from workfront_core.request.address import Environment as Environment
    from workfront_core.request.explanation import Explanation as Explanation
    from workfront_core.request.request import Request as Request
    from workfront_core.services._async.currencies import AsyncCurrencies as AsyncCurrencies
    from workfront_core.services._sync.currencies import Currencies as Currencies
    from workfront_core.services.request_of import request_of as request_of
    from workfront_core.transport.deadline import Timeout as Timeout
    from workfront_core.transport.hooks import AttemptInfo as AttemptInfo
    from workfront_core.transport.hooks import CallInfo as CallInfo
    from workfront_core.transport.hooks import Hook as Hook
    from workfront_core.transport.raw_response import RawResponse as RawResponse
    from workfront_core.transport.retry import Retry as Retry
    from workfront_core.transport.telemetry import CounterHook as CounterHook
    from workfront_core.transport.telemetry import OpenTelemetryHook as OpenTelemetryHook
    from workfront_core.transport.telemetry import quiet as quiet
    from workfront_core.values.approval_status import base_status as base_status
    from workfront_core.values.approval_status import is_pending as is_pending
    from workfront_core.values.approval_status import pending as pending
    from workfront_core.values.durations import WorkingTime as WorkingTime
    from workfront_core.values.durations import from_minutes as from_minutes
    from workfront_core.values.durations import is_elapsed as is_elapsed
    from workfront_core.values.durations import to_minutes as to_minutes
    from workfront_core.values.durations import to_timedelta as to_timedelta
    from workfront_core.values.durations import to_whole_minutes as to_whole_minutes
    from workfront_core.values.durations import work_hours as work_hours
    from workfront_core.values.durations import work_minutes as work_minutes
    from workfront_core.values.linked import Linked as Linked
    from workfront_core.values.money import Money as Money
    from workfront_core.values.rich_text.rich_text import RichText as RichText

__all__ = [
    "ACCOUNT_REPRESENTATIVE",
    "CUSTOMER",
    "NOW",
    "TODAY",
    "USER",
    "AccessGrant",
    "AccessorKind",
    "Anonymous",
    "ApiKey",
    "AsyncClient",
    "AsyncCurrencies",
    "AsyncPager",
    "AttemptInfo",
    "Auth",
    "AuthenticationError",
    "AuthorizationCode",
    "BulkError",
    "BulkProgress",
    "BulkResult",
    "CallInfo",
    "ConditionSyntaxError",
    "Conflict",
    "CookieSession",
    "CoreAction",
    "CounterHook",
    "Currencies",
    "Cursor",
    "CustomForm",
    "DeadlineExceeded",
    "Environment",
    "Explanation",
    "FieldNotLoaded",
    "FileError",
    "FileStore",
    "FilterCondition",
    "Gone",
    "Hook",
    "ImsServer",
    "ImsToken",
    "InvalidRequest",
    "JwtFlow",
    "KeyringStore",
    "Linked",
    "Login",
    "Money",
    "NotFound",
    "OpenTelemetryHook",
    "Order",
    "Pager",
    "PermissionDenied",
    "Pkce",
    "Profile",
    "ProtocolError",
    "QueryError",
    "RateLimited",
    "RawResponse",
    "Request",
    "Retry",
    "RichText",
    "RowInput",
    "RowResult",
    "RowStatus",
    "ServerError",
    "SessionId",
    "SyncClient",
    "Timeout",
    "Token",
    "TransportError",
    "Truncated",
    "UnknownCodeWarning",
    "Unreachable",
    "WorkfrontError",
    "WorkfrontObject",
    "WorkingTime",
    "WriteRefused",
    "all_of",
    "any_of",
    "base_status",
    "custom",
    "days",
    "exists",
    "from_minutes",
    "hours",
    "is_elapsed",
    "is_pending",
    "load_profile",
    "months",
    "not_exists",
    "outer",
    "parse",
    "pending",
    "quarters",
    "quiet",
    "raw",
    "raw_custom",
    "raw_field",
    "raw_parameters",
    "request_of",
    "text_mode",
    "to_minutes",
    "to_timedelta",
    "to_whole_minutes",
    "weeks",
    "work_hours",
    "work_minutes",
    "years",
]

if not TYPE_CHECKING:  # a checker must not take an unknown name for a lazy one
    __getattr__, __dir__ = lazy_exports(
        __name__,
        {
            "ACCOUNT_REPRESENTATIVE": "query.wildcard",
            "AccessGrant": "operations.access_rules",
            "AccessorKind": "operations.access_rules",
            "Anonymous": "auth.static",
            "ApiKey": "auth.static",
            "AsyncClient": "client._async.client",
            "AsyncCurrencies": "services._async.currencies",
            "AsyncPager": "paging._async.pager",
            "AttemptInfo": "transport.hooks",
            "Auth": "auth.static",
            "AuthenticationError": "errors.kinds",
            "AuthorizationCode": "auth.oauth",
            "BulkError": "bulk.results",
            "BulkProgress": "bulk.results",
            "BulkResult": "bulk.results",
            "CUSTOMER": "query.wildcard",
            "CallInfo": "transport.hooks",
            "ConditionSyntaxError": "query.language.syntax_error",
            "Conflict": "errors.kinds",
            "CookieSession": "auth.cookie_session",
            "CoreAction": "operations.access_rules",
            "CounterHook": "transport.telemetry",
            "Currencies": "services._sync.currencies",
            "Cursor": "paging.cursor",
            "DeadlineExceeded": "errors.kinds",
            "Environment": "request.address",
            "Explanation": "request.explanation",
            "FieldNotLoaded": "models.field_not_loaded",
            "FileStore": "auth.token_store",
            "FilterCondition": "query.condition",
            "FileError": "errors.kinds",
            "Gone": "errors.kinds",
            "Hook": "transport.hooks",
            "ImsServer": "auth.ims",
            "ImsToken": "auth.static",
            "InvalidRequest": "errors.kinds",
            "JwtFlow": "auth.jwt",
            "KeyringStore": "auth.token_store",
            "Login": "auth.login",
            "Money": "values.money",
            "NOW": "query.wildcard",
            "NotFound": "errors.kinds",
            "OpenTelemetryHook": "transport.telemetry",
            "quiet": "transport.telemetry",
            "Order": "query.order",
            "Pager": "paging._sync.pager",
            "PermissionDenied": "errors.kinds",
            "Pkce": "auth.oauth",
            "Profile": "profiles.profile",
            "ProtocolError": "errors.kinds",
            "QueryError": "errors.kinds",
            "RateLimited": "errors.kinds",
            "RawResponse": "transport.raw_response",
            "Request": "request.request",
            "Retry": "transport.retry",
            "RichText": "values.rich_text.rich_text",
            "RowInput": "bulk.rows",
            "RowResult": "bulk.results",
            "RowStatus": "bulk.results",
            "ServerError": "errors.kinds",
            "SessionId": "auth.static",
            "SyncClient": "client._sync.client",
            "TODAY": "query.wildcard",
            "Timeout": "transport.deadline",
            "Token": "auth.tokens",
            "TransportError": "errors.kinds",
            "Truncated": "errors.kinds",
            "USER": "query.wildcard",
            "UnknownCodeWarning": "query.language.values",
            "Unreachable": "errors.kinds",
            "WorkfrontError": "errors.kinds",
            "WorkfrontObject": "models.model",
            "WorkingTime": "values.durations",
            "WriteRefused": "errors.kinds",
            "all_of": "query.condition",
            "any_of": "query.condition",
            "base_status": "values.approval_status",
            "CustomForm": "operations.custom_form",
            "Linked": "values.linked",
            "custom": "query.custom_field",
            "raw_custom": "operations.custom_values",
            "days": "query.wildcard",
            "exists": "query.exists",
            "from_minutes": "values.durations",
            "hours": "query.wildcard",
            "is_elapsed": "values.durations",
            "is_pending": "values.approval_status",
            "load_profile": "profiles.profile",
            "months": "query.wildcard",
            "not_exists": "query.exists",
            "outer": "query.exists",
            "parse": "query.language.parsing",
            "pending": "values.approval_status",
            "quarters": "query.wildcard",
            "raw": "query.raw",
            "raw_field": "query.raw",
            "raw_parameters": "query.raw",
            "request_of": "services.request_of",
            "text_mode": "query.text_mode",
            "to_minutes": "values.durations",
            "to_timedelta": "values.durations",
            "to_whole_minutes": "values.durations",
            "weeks": "query.wildcard",
            "work_hours": "values.durations",
            "work_minutes": "values.durations",
            "years": "query.wildcard",
        },
    )
