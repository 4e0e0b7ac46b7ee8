"""The configuration file of each Odoo that the tools start."""

#: Nothing listens there: what goes to it is refused at once and leaves the machine
#: for nowhere.
NOWHERE_PORT = 9


def write_config(path, env, server, **options):
    """Write an Odoo configuration file that only its owner can read.

    :param Path path: of the file
    :param tools.environment.Environment env: whose Odoo it is for
    :param tools.environment.postgres.Server server: the database server
    :param options: more of Odoo's options, by their names in such a file
    :return: the path
    """
    values = {
        "addons_path": env.addons_path,
        "data_dir": env.data_dir,
        "list_db": False,
        "http_interface": "127.0.0.1",
        "smtp_server": "127.0.0.1",
        "smtp_port": NOWHERE_PORT,
        "publisher_warranty_url": f"http://127.0.0.1:{NOWHERE_PORT}/",
        **server.odoo_options,
        **options,
    }
    lines = [f"{name} = {value}" for name, value in values.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text("\n".join(["[options]", *lines, ""]))
    return path
