"""A small OpenID Connect provider on loopback: real HTTP, signed tokens, and faults to order."""

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "reckoner", "a secret of both"


def key() -> rsa.RSAPrivateKey:
    """A key to sign with."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What the directory says of whoever comes, and how it is wrong."""

    claims: dict = field(default_factory=lambda: {"oid": "someone"})
    signing_key: rsa.RSAPrivateKey = field(default_factory=key)
    wrong: dict = field(default_factory=dict)
    cancelled: bool = False
    asked: dict[str, dict] = field(default_factory=dict)
    spent: set[str] = field(default_factory=set)

    def __enter__(self) -> "Provider":
        self.public_key = self.signing_key.public_key()
        provider = self

        class Answers(BaseHTTPRequestHandler):
            def log_message(self, *args) -> None:
                """Nothing on the terminal."""

            def do_GET(self) -> None:
                where = urlsplit(self.path)
                told = {name: values[0] for name, values in parse_qs(where.query).items()}
                if where.path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", provider.back(told))
                    self.end_headers()
                else:
                    self.tell(provider.documents()[where.path])

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                told = {name: values[0] for name, values in parse_qs(body).items()}
                self.tell(provider.token(told))

            def tell(self, what: dict) -> None:
                body = json.dumps(what).encode()
                self.send_response(400 if "error" in what else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def settings(self) -> dict:
        """What SOCIALACCOUNT_PROVIDERS holds for this directory."""
        from config.settings import SOCIALACCOUNT_PROVIDERS

        directory = {
            "provider_id": "directory",
            "name": "your council account",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": self.url, "uid_field": "oid", "fetch_userinfo": False},
        }
        ours = SOCIALACCOUNT_PROVIDERS["openid_connect"]
        return {"openid_connect": ours | {"APPS": [directory]}}

    def documents(self) -> dict[str, dict]:
        published = json.loads(RSAAlgorithm.to_jwk(self.public_key))
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/keys": {"keys": [published | {"kid": "one", "use": "sig", "alg": "RS256"}]},
        }

    def back(self, told: dict) -> str:
        """Where the browser is sent, once the person has signed in at the directory."""
        if self.cancelled:
            answer = {"error": "access_denied"}
        else:
            code = secrets.token_urlsafe()
            self.asked[code] = told
            answer = {"code": code}
        return f"{told['redirect_uri']}?{urlencode(answer | {'state': told['state']})}"

    def token(self, told: dict) -> dict:
        """What the service is told for a code: once, to whoever knows both secrets."""
        asked = self.asked.get(told["code"])
        verifier = hashlib.sha256(told.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if (
            asked is None
            or told["code"] in self.spent
            or told["client_secret"] != SECRET
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != told["redirect_uri"]
        ):
            return {"error": "invalid_grant"}
        self.spent.add(told["code"])
        now = int(time.time())
        said = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "sub": "pairwise"}
        signed = jwt.encode(
            said | self.claims | self.wrong, self.signing_key, "RS256", headers={"kid": "one"}
        )
        return {"access_token": "unused", "token_type": "Bearer", "id_token": signed}
