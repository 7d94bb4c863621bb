"""Why a connection that must be secure is not, as the end of a Dutch sentence."""

import ssl
from collections.abc import Mapping

UNKNOWN_ISSUER = "deze machine kent niet wie het uitgaf"
OTHER_NAME = "het staat op een andere naam"
NOT_TRUSTED: Mapping[int, str] = {
    9: "het geldt nog niet",
    10: "het is vervallen",
    18: UNKNOWN_ISSUER,
    19: UNKNOWN_ISSUER,
    20: UNKNOWN_ISSUER,
    21: UNKNOWN_ISSUER,
    62: OTHER_NAME,
    64: OTHER_NAME,
}
"""What OpenSSL found wrong with a certificate, by its ``X509_V_ERR_...``."""


def why_not_secure(error: ssl.SSLError) -> str:
    """What is wrong, such as ``het certificaat ... wordt niet vertrouwd (het is vervallen)``."""
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = NOT_TRUSTED.get(error.verify_code, "het is niet geldig")
        return f"het certificaat van de server wordt niet vertrouwd ({reason})"
    return "een beveiligde verbinding met de server lukt niet"
