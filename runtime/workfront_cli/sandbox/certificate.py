"""A certificate that a server on this machine makes for itself, to be trusted by whom it is shown to."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from workfront_core.errors import QueryError

_LIVES: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    """The files of a certificate and of its key."""

    certificate: Path
    key: Path


def write_certificate(folder: Path, hosts: Collection[str]) -> OwnCertificate:
    """Writes a certificate for names and addresses, with a new key, into a folder.

    Raises:
        QueryError: what makes certificates is not installed.
    """
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.x509.oid import NameOID
    except ModuleNotFoundError:
        raise QueryError(
            "--tls needs cryptography.", hint="Install it with: pip install 'workfront-client[sandbox]'"
        ) from None
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Workfront sandbox")])
    names = [x509.IPAddress(ipaddress.ip_address(one)) if _is_address(one) else x509.DNSName(one) for one in hosts]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + _LIVES)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = OwnCertificate(folder / "sandbox.pem", folder / "sandbox.key")
    files.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain, none = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    files.key.touch(mode=0o600)
    files.key.write_bytes(key.private_bytes(serialization.Encoding.PEM, plain, none))
    return files


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
