"""The last answer is kept, and only the last."""

from kg.extract.kept import keep_last


def test_only_another_question_is_answered_anew() -> None:
    asked: list[int] = []

    @keep_last
    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    assert [double(n) for n in (1, 1, 2, 2, 1)] == [2, 2, 4, 4, 2]
    assert asked == [1, 2, 1]
