"""Answers of PayPal's API that are told beforehand, and what it was asked."""


class Script:
    """Stands where the connection does: notes what is asked, and answers in turn."""

    def __init__(self, *answers):
        self.answers, self.calls, self.is_closed = list(answers), [], False

    def call(self, method, path, **arguments):
        self.calls.append((method.upper(), path, arguments))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self):
        self.is_closed = True
