"""What the lines of a message come to."""


def shape(message):
    return [(line.kind, line.name, str(line.total)) for line in message.lines]
