"""Maps carry what they need and refuse the rest."""

import folium
import pytest
from folium.plugins import Fullscreen

from dashboards.maps import OfflineMap, UnbundledAssetError, page_of
from dashboards.maps.bundle import BundledScript, content_policy
from dashboards.maps.elements import Circle, Circles, MapElement, json_block


def test_an_asset_that_is_not_bundled_is_refused() -> None:
    made = OfflineMap("Essai", (45.5, 5.0))
    Fullscreen().add_to(made)
    with pytest.raises(UnbundledAssetError, match="sans réseau"):
        page_of(made)
    with pytest.raises(UnbundledAssetError, match="absent"):
        BundledScript("jquery.js")


def test_an_element_of_ours_draws_on_any_folium_map() -> None:
    made = folium.Map((45.5, 5.0), tiles=None)
    Circles([Circle((45.5, 5.0), 3)], 3).add_to(made)
    page = made.get_root().render()
    assert f"Maillage.circles({made.get_name()}" in page
    assert "window.Maillage" in page


def test_equal_maps_are_equal_pages() -> None:
    def page() -> str:
        made = OfflineMap("Essai", (45.5, 5.0))
        MapElement("circles", {"circles": []}).add_to(made)
        return page_of(made)

    assert page() == page()


def test_data_cannot_leave_their_block() -> None:
    block = json_block({"name": "</script><!-- & \u2028"})
    assert not set("<>&\u2028") & set(block)


def test_policy_lists_every_inline_script_and_nothing_unsafe() -> None:
    policy = content_policy("<script>a()</script><style>b</style><script>c()</script>")
    assert policy.count("'sha256-") == 3
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
