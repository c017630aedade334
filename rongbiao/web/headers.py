"""Headers (响应头): what every answer tells the browser about safety."""

from collections.abc import Callable
from typing import Any

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

FIXED = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class HeadersMiddleware:
    """Add the fixed headers; what somebody signed in sees is kept by no cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in FIXED.items():
            response.setdefault(name, value)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response


def with_charts(view: Callable[..., Any]) -> Callable[..., Any]:
    """Allow style attributes on one page: ECharts writes them into its tooltips.

    Style elements stay forbidden, and so do scripts without a nonce.
    """
    return csp_update({"style-src-attr": [UNSAFE_INLINE]})(view)
